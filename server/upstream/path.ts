import type { WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'
import { serializePathValue } from './serialize-path.ts'
import { toParts, type Parts } from './value-parts.ts'

/** No identifier is longer; a whole request target has little more room. */
const MAX_SEGMENT_CHARS = 1_000

/** A template taken apart: fixed texts, and the parameters between them. */
export type Template = readonly (string | WireParameter)[]

/**
 * Takes a template apart at its `{name}`s.
 *
 * @throws {Error} for a name that no path parameter has: the connector was not compiled right
 */
export function parseTemplate(template: string, parameters: readonly WireParameter[]): Template {
  return template.split(/\{([^{}]+)\}/).flatMap((part, index): Template => {
    if (index % 2 === 0) return part === '' ? [] : [part]
    const parameter = parameters.find((each) => each.in === 'path' && each.name === part)
    if (parameter === undefined) throw new Error(`path parameter "${part}" was not compiled`)
    return [parameter]
  })
}

/**
 * Writes arguments into a path template.
 *
 * `encodeURIComponent` alone does not keep an argument in its segment: it leaves `..` as it is, URL
 * parsers fold `%2e%2e` too, and some servers decode `%2f` before they route. So a value that holds
 * a dot segment in any encoding is refused, alone and with what stands around it, and the pattern
 * of `toPathPattern` judges the finished URL once more.
 *
 * @throws {ArgumentRefused} for a value that no segment can hold
 */
export function fillPath(template: Template, values: Readonly<Record<string, unknown>>): string {
  const path = template
    .map((part) => (typeof part === 'string' ? part : fillPart(part, values[part.name])))
    .join('')
  if (hasDotSegment(path)) throw new ArgumentRefused(null, DOT_SEGMENT)
  return path
}

/** Makes the pattern of an operation's paths: every fixed part as it stands, every argument in its segment. */
export function toPathPattern(basePath: string, template: Template): RegExp {
  const parts = template.map((part) =>
    typeof part === 'string' ? escapeForPattern(part) : `${PREFIXES[part.style] ?? ''}${ARGUMENT}`,
  )
  return new RegExp(`^${escapeForPattern(basePath)}${parts.join('')}$`)
}

const DOT_SEGMENT = 'must not hold a "." or ".." path segment, in any encoding'

/** What the styles write: unreserved characters, triplets and delimiters. */
const ARGUMENT = '(?:[\\w.~,;=-]|%[0-9A-F]{2})+'

const PREFIXES: { readonly [Style in WireParameter['style']]?: string } = {
  label: '\\.',
  matrix: ';',
}

function fillPart(parameter: WireParameter, value: unknown): string {
  const { name } = parameter
  const parts = toParts(parameter, value)
  if (parts === null) throw new ArgumentRefused(name, 'must not be empty: it is a part of the path')
  for (const text of textsOf(parts)) checkSegment(name, text)
  return serializePathValue(parameter, parts)
}

function textsOf(parts: Parts): readonly string[] {
  if (parts.kind === 'text') return [parts.text]
  return parts.kind === 'list' ? parts.items : parts.pairs.flat()
}

function checkSegment(name: string, text: string): void {
  const fault = findSegmentFault(text)
  if (fault !== null) throw new ArgumentRefused(name, fault)
}

/** Says why a text cannot be a segment of a path; `null` where it can. */
export function findSegmentFault(text: string): string | null {
  if (text === '') return 'must not be empty'
  if (text.length > MAX_SEGMENT_CHARS) return `must not exceed ${MAX_SEGMENT_CHARS} characters`
  if (/[\p{Cc}]/u.test(text)) return 'must not hold control characters'
  return hasDotSegment(text) ? DOT_SEGMENT : null
}

function hasDotSegment(text: string): boolean {
  return decodeFully(text).split(/[/\\]/).some(isDotSegment)
}

/** Undoes percent-encoding until nothing changes, as a chain of careless servers might. */
function decodeFully(text: string): string {
  let decoded = text
  for (let before = ''; before !== decoded;) {
    before = decoded
    // All the layers of `%25` at once: one by one would cost as many rounds as there are.
    decoded = before.replace(/%(?:25)*([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
  }
  return decoded
}

function isDotSegment(segment: string): boolean {
  return /^\s*\.{1,2}\s*(?:;.*)?$/.test(segment)
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
