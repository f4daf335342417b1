/** A message of CEF:0, taken apart. */
export type CefMessage = {
  /** Vendor, product, version, class, name and severity. */
  readonly header: readonly string[]
  readonly extension: Readonly<Record<string, string>>
}

/**
 * Takes a message of ArcSight's Common Event Format apart, the way a receiver does: `\` and `|` are
 * escaped in the header, `\`, `=` and line ends in the extension.
 *
 * @throws {Error} for what is no message, and for a key that is there twice
 */
export function parseCef(line: string): CefMessage {
  const [, body] = /^CEF:0\|(.*)$/s.exec(line) ?? []
  if (body === undefined) throw new Error(`not CEF: ${line}`)
  const header: string[] = []
  let rest = body
  while (header.length < 6) {
    const [whole, field = ''] = /^((?:[^\\|]|\\[\\|])*)\|/s.exec(rest) ?? []
    if (whole === undefined) throw new Error(`a header that does not end: ${line}`)
    header.push(field.replaceAll(/\\([\\|])/g, '$1'))
    rest = rest.slice(whole.length)
  }
  return { header, extension: parseExtension(rest) }
}

function parseExtension(text: string): Readonly<Record<string, string>> {
  const found = new Map<string, string>()
  const pair = /([A-Za-z0-9_.]+)=((?:[^\\=]|\\[\\=nr])*)(?: (?=[A-Za-z0-9_.]+=)|$)/sy
  while (pair.lastIndex < text.length) {
    const [, key = '', value = ''] = pair.exec(text) ?? []
    if (key === '') throw new Error(`not an extension: ${text}`)
    if (found.has(key)) throw new Error(`twice in one extension: ${key}`)
    found.set(
      key,
      value.replaceAll(/\\(.)/gs, (_, of: string) => UNESCAPED[of] ?? of),
    )
  }
  return Object.fromEntries(found)
}

const UNESCAPED: Readonly<Record<string, string>> = { n: '\n', r: '\r' }
