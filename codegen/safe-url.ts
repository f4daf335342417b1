const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * Answers whether a text is a URL that secrets may travel to: https, or http on this machine, and
 * without a user name, a password or a fragment.
 */
export function isSafeUrl(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || /[\s#]/.test(text) || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))
}

/** Answers whether a text is the origin of such a URL and nothing more. */
export function isOrigin(text: string): boolean {
  return isSafeUrl(text) && URL.parse(text)?.origin === text
}

/** Answers whether a text can name an issuer, which has no query either (RFC 8414, section 2). */
export function isIssuer(text: string): boolean {
  return isSafeUrl(text) && !text.includes('?')
}
