import type { Operation, WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'
import { serializePathValue } from './serialize.ts'

/** No identifier is longer; a whole request target has little more room. */
const MAX_SEGMENT_CHARS = 1_000

const PLACEHOLDER = /\{([^{}]+)\}/g

/**
 * Writes arguments into a path template, one segment each.
 *
 * `encodeURIComponent` alone does not keep an argument in its segment: it leaves `..` as it is, URL
 * parsers fold `%2e%2e` too, and some servers decode `%2f` before they route. So a value that holds
 * a dot segment in any encoding is refused, and `matchesTemplate` judges the finished URL once more.
 *
 * @throws {ArgumentRefused} for a value that no segment can hold
 */
export function fillPath(
  template: string,
  values: Readonly<Record<string, unknown>>,
  parameters: readonly WireParameter[],
): string {
  return template.replace(PLACEHOLDER, (_, name: string) => {
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name)
    if (parameter === undefined) throw new Error(`path parameter "${name}" was not compiled`)
    const value = values[name]
    for (const text of textsOf(value)) checkSegment(name, text)
    return serializePathValue(parameter, value)
  })
}

/** Tells whether a URL's path is the operation's: every fixed part as it stands, every argument one segment. */
export function matchesTemplate(operation: Operation, basePath: string, pathname: string): boolean {
  const pattern = operation.path
    .split(PLACEHOLDER)
    .map((part, index) => (index % 2 === 0 ? escapeForPattern(part) : '[^/?#]+'))
    .join('')
  return new RegExp(`^${escapeForPattern(basePath)}${pattern}$`).test(pathname)
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf)
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => [key, ...textsOf(each)])
  }
  return [String(value)]
}

function checkSegment(name: string, text: string): void {
  if (text === '') throw new ArgumentRefused(name, 'must not be empty')
  if (text.length > MAX_SEGMENT_CHARS) {
    throw new ArgumentRefused(name, `must not exceed ${MAX_SEGMENT_CHARS} characters`)
  }
  if (/[\p{Cc}]/u.test(text)) throw new ArgumentRefused(name, 'must not hold control characters')
  if (!text.isWellFormed()) throw new ArgumentRefused(name, 'must be well-formed Unicode')
  if (decodeFully(text).split(/[/\\]/).some(isDotSegment)) {
    throw new ArgumentRefused(name, 'must not hold a "." or ".." path segment, in any encoding')
  }
}

/** Undoes percent-encoding until nothing changes, as a chain of careless servers might. */
function decodeFully(text: string): string {
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  return decoded === text ? text : decodeFully(decoded)
}

function isDotSegment(segment: string): boolean {
  return /^\s*\.{1,2}\s*(?:;.*)?$/.test(segment)
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
