import type { WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'

/** A value taken apart: one text, a list of texts, or names with texts. */
export type Parts =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'pairs'; readonly pairs: readonly Pair[] }

export type Pair = readonly [name: string, text: string]

/**
 * Takes an argument apart for its style, or writes it as a whole for its media type.
 *
 * `null`, an empty list and an object without members are undefined values (RFC 6570, section
 * 3.2.1), so nothing is sent for them; an empty text is sent as it is.
 *
 * @returns `null` where there is nothing to send
 * @throws {ArgumentRefused} for text that is not well-formed Unicode
 */
export function toParts(parameter: WireParameter, value: unknown): Parts | null {
  if (value === undefined) return null
  if (parameter.content !== null) return { kind: 'text', text: toContent(parameter, value) }
  if (value === null) return null
  if (Array.isArray(value)) {
    const items = value.filter(isGiven).map((item) => toText(parameter, item))
    return items.length === 0 ? null : { kind: 'list', items }
  }
  if (typeof value === 'object') {
    const pairs = listMembers(parameter, value).map(([name, each]): Pair => [
      name,
      toText(parameter, each),
    ])
    return pairs.length === 0 ? null : { kind: 'pairs', pairs }
  }
  return { kind: 'text', text: toText(parameter, value) }
}

/**
 * Lists the members of an object that have a value.
 *
 * @throws {ArgumentRefused} for a name that is empty or not well-formed Unicode
 */
export function listMembers(
  { name: parameter }: WireParameter,
  value: object,
): readonly (readonly [name: string, value: unknown])[] {
  const members = Object.entries(value).filter(([, each]) => isGiven(each))
  for (const [name] of members) {
    if (name === '') throw new ArgumentRefused(parameter, 'must not have a member without a name')
    if (!name.isWellFormed()) throw new ArgumentRefused(parameter, NOT_UNICODE)
  }
  return members
}

/** Answers whether there is a value at all: `null` is none. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null
}

/**
 * Writes one value as text.
 *
 * No style but `deepObject` says how a list or an object inside another is written. Then it is its
 * JSON, as swagger-client does it: what an author sees who tries the operation in Swagger UI.
 *
 * @throws {ArgumentRefused} for text that is not well-formed Unicode
 */
export function toText({ name }: WireParameter, value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (!text.isWellFormed()) throw new ArgumentRefused(name, NOT_UNICODE)
  return text
}

/**
 * Joins the texts of a list.
 *
 * @param encode for its place; what it leaves of the delimiter would part one text into two
 * @throws {ArgumentRefused} for a text that holds the delimiter where nothing can hide it
 */
export function joinTexts(
  { name, style }: WireParameter,
  texts: readonly string[],
  delimiter: string,
  encode: (text: string) => string,
): string {
  const encoded = texts.map(encode)
  if (encoded.some((text) => text.includes(delimiter))) {
    const character = JSON.stringify(decodeURIComponent(delimiter))
    const reason = `must not hold ${character}: style "${style}" parts its values with it`
    throw new ArgumentRefused(name, reason)
  }
  return encoded.join(delimiter)
}

/** Joins names with their texts, `name=text` each. */
export function joinPairs(
  parameter: WireParameter,
  pairs: readonly Pair[],
  delimiter: string,
  encode: (text: string) => string,
): string {
  const { name: parameterName, style } = parameter
  const texts = pairs.map(([name, text]) => {
    if (encode(name).includes('=')) {
      const reason = `must not have a member whose name holds "=": style "${style}" ends it there`
      throw new ArgumentRefused(parameterName, reason)
    }
    return `${encode(name)}=${encode(text)}`
  })
  return joinTexts(parameter, texts, delimiter, (text) => text)
}

const NOT_UNICODE = 'must be well-formed Unicode'

/** JSON as a header can hold it: outside ASCII everything is escaped (RFC 8259, section 7). */
function toContent(parameter: WireParameter, value: unknown): string {
  if (/\bjson\b/i.test(parameter.content ?? '')) {
    const json = JSON.stringify(value)
    return parameter.in === 'header' ? json.replace(/[\u007f-\uffff]/g, toUnicodeEscape) : json
  }
  if (typeof value === 'object') {
    throw new ArgumentRefused(parameter.name, `must be text, written as ${parameter.content}`)
  }
  return toText(parameter, value)
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
