import type { WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'
import { percentEncodeCookie } from './percent-encode.ts'
import { joinTexts, toParts } from './value-parts.ts'

/** RFC 6265, section 4.1.1: a cookie's name is a token. */
const COOKIE_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

/**
 * Writes the cookie parameters, one `name=text` each. The style `form` parts what it explodes with
 * `&` (OpenAPI 3.1, section 4.8.12.3), which cookies do not know: there each is a cookie of its own.
 *
 * @throws {ArgumentRefused} for a value that the style cannot write, or that would be another cookie
 */
export function listCookies(
  parameters: readonly WireParameter[],
  values: Readonly<Record<string, unknown>>,
): readonly string[] {
  const names = new Map(parameters.map((parameter) => [parameter.name, parameter]))
  return parameters.flatMap((parameter) =>
    listPairs(parameter, values[parameter.name]).map(([name, text]) => {
      if ((names.get(name) ?? parameter) !== parameter || !COOKIE_NAME.test(name)) {
        const reason = `must not have a member ${JSON.stringify(name)}: it cannot be a cookie of its own`
        throw new ArgumentRefused(parameter.name, reason)
      }
      names.set(name, parameter)
      return `${name}=${text}`
    }),
  )
}

/**
 * Joins cookies as a header has them (RFC 6265, section 4.2.1). A cookie of the credential is never
 * replaced: of two with one name, servers differ in which they take.
 *
 * @param credential the header that proves who asks, if it is this one
 */
export function joinCookies(credential: string | undefined, cookies: readonly string[]): string {
  const own = credential === undefined ? [] : credential.split(/; */)
  const names = new Set(own.map(nameOf))
  return [...own, ...cookies.filter((cookie) => !names.has(nameOf(cookie)))].join('; ')
}

function nameOf(cookie: string): string {
  return cookie.split('=', 1)[0] ?? ''
}

function listPairs(
  parameter: WireParameter,
  value: unknown,
): readonly (readonly [name: string, text: string])[] {
  const { name, explode } = parameter
  const parts = toParts(parameter, value)
  if (parts === null) return []
  if (parts.kind === 'text') return [[name, percentEncodeCookie(parts.text)]]
  if (explode && parts.kind === 'list') {
    return parts.items.map((item) => [name, percentEncodeCookie(item)])
  }
  if (explode && parts.kind === 'pairs') {
    return parts.pairs.map(([key, text]) => [key, percentEncodeCookie(text)])
  }
  const texts = parts.kind === 'list' ? parts.items : parts.pairs.flat()
  return [[name, joinTexts(parameter, texts, ',', percentEncodeCookie)]]
}
