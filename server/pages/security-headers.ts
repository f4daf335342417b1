/**
 * The headers of every page for people.
 *
 * - The policy has no `form-action`: Chromium applies it to the redirects after a form was sent, and
 *   the last of them ends at the client's redirect URI.
 * - `same-origin` instead of `no-referrer`: both tell other origins nothing, but with the latter a
 *   browser sends `Origin: null` with our own forms (Fetch, section 3.2).
 * - No `Cross-Origin-Opener-Policy`: it would cut off a client that opened the page as a popup and
 *   waits for its own callback page to report to `window.opener`.
 */
export const SECURITY_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const

/**
 * The headers of the console's pages, whose forms end at this host and which run our own scripts.
 * Where a page can be changed from, no window of another origin keeps a hold of it.
 */
export const CONSOLE_HEADERS = {
  ...SECURITY_HEADERS,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const
