const MAX_CHARS = 120

/**
 * Reads the file's name from a `Content-Disposition` header (RFC 6266, section 4.3): the extended
 * form before the plain one. Folders, control characters and what shells and file systems take for
 * something else are gone from it.
 *
 * @returns at most 120 characters; `null` where there is no usable name
 */
export function parseFileName(header: string | null): string | null {
  if (header === null) return null
  const name = extendedName(header) ?? plainName(header)
  if (name === null) return null
  const clean = (name.split(/[/\\]/).at(-1) ?? '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/g, '')
    .toWellFormed()
  return clean === '' ? null : Array.from(clean).slice(0, MAX_CHARS).join('')
}

/** `filename*=UTF-8''…` (RFC 8187, section 3.2). */
function extendedName(header: string): string | null {
  const match = /;\s*filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(header)
  if (match === null) return null
  const [, charset = '', text = ''] = match
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return Buffer.from(bytes, 'latin1').toString(/^utf/i.test(charset) ? 'utf8' : 'latin1')
}

function plainName(header: string): string | null {
  const quoted = /;\s*filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]
  return (
    quoted?.replace(/\\(["\\])/g, '$1') ??
    /;\s*filename\s*=\s*([^";\s]+)/i.exec(header)?.[1] ??
    null
  )
}
