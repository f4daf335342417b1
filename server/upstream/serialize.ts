import type { WireParameter } from '../mcp/tool.ts'
import { ArgumentRefused } from './failure.ts'

/**
 * Writes a path argument in its style (OpenAPI 3.1, section 4.8.12.5; RFC 6570 for the forms).
 *
 * @throws {ArgumentRefused} for a value that the style cannot write
 */
export function serializePathValue(parameter: WireParameter, value: unknown): string {
  const encode = (text: string) => encodeValue(parameter, text)
  const { name, explode } = parameter
  const parts = toParts(parameter, value)
  if (parameter.style === 'label')
    return `.${joinParts(parts, encode, explode ? '.' : ',', explode)}`
  if (parameter.style === 'matrix') return serializeMatrix(name, parts, encode, explode)
  return joinParts(parts, encode, ',', explode)
}

/**
 * Writes the query of an operation in the document's parameter order; absent arguments are absent.
 *
 * @returns without the leading `?`; empty for no arguments
 * @throws {ArgumentRefused} for a value that the style cannot write
 */
export function serializeQuery(
  parameters: readonly WireParameter[],
  values: Readonly<Record<string, unknown>>,
): string {
  return parameters
    .filter((parameter) => parameter.in === 'query' && values[parameter.name] !== undefined)
    .map((parameter) => serializeQueryValue(parameter, values[parameter.name]))
    .filter((part) => part !== '')
    .join('&')
}

/** A value taken apart: one text, a list of texts, or names with texts. */
type Parts =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'pairs'; readonly pairs: readonly (readonly [name: string, text: string])[] }

function serializeQueryValue(parameter: WireParameter, value: unknown): string {
  const encode = (text: string) => encodeValue(parameter, text)
  const name = encodeURIComponent(parameter.name)
  const parts = toParts(parameter, value)
  if (parameter.style === 'deepObject') return serializeDeepObject(parameter, parts, encode)
  if (parts.kind === 'text') return `${name}=${encode(parts.text)}`
  if (parts.kind === 'list') {
    if (parameter.explode) return parts.items.map((item) => `${name}=${encode(item)}`).join('&')
    // An empty list cannot be told from a list of one empty text, so it is left out.
    if (parts.items.length === 0) return ''
    return `${name}=${parts.items.map(encode).join(delimiterOf(parameter))}`
  }
  if (parameter.explode && parameter.style === 'form') {
    return parts.pairs.map(([key, text]) => `${encodeURIComponent(key)}=${encode(text)}`).join('&')
  }
  if (parts.pairs.length === 0) return ''
  return `${name}=${parts.pairs.flat().map(encode).join(delimiterOf(parameter))}`
}

function serializeDeepObject(
  parameter: WireParameter,
  parts: Parts,
  encode: (text: string) => string,
): string {
  if (parts.kind !== 'pairs') throw new ArgumentRefused(parameter.name, 'must be an object')
  return parts.pairs
    .map(([key, text]) => `${encodeURIComponent(`${parameter.name}[${key}]`)}=${encode(text)}`)
    .join('&')
}

function serializeMatrix(
  name: string,
  parts: Parts,
  encode: (text: string) => string,
  explode: boolean,
): string {
  const key = encodeURIComponent(name)
  if (explode && parts.kind === 'list') {
    return parts.items.map((item) => `;${key}=${encode(item)}`).join('')
  }
  if (explode && parts.kind === 'pairs') return `;${joinParts(parts, encode, ';', true)}`
  return `;${key}=${joinParts(parts, encode, ',', false)}`
}

function joinParts(
  parts: Parts,
  encode: (text: string) => string,
  delimiter: string,
  explode: boolean,
): string {
  if (parts.kind === 'text') return encode(parts.text)
  if (parts.kind === 'list') return parts.items.map(encode).join(delimiter)
  const between = explode ? '=' : delimiter
  return parts.pairs.map(([key, text]) => `${encode(key)}${between}${encode(text)}`).join(delimiter)
}

function delimiterOf(parameter: WireParameter): string {
  if (parameter.style === 'spaceDelimited') return '%20'
  if (parameter.style === 'pipeDelimited') return '%7C'
  return ','
}

function toParts(parameter: WireParameter, value: unknown): Parts {
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item) => toText(parameter, item)) }
  }
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .map(([key, each]) => [key, toText(parameter, each)] as const)
    return { kind: 'pairs', pairs }
  }
  return { kind: 'text', text: toText(parameter, value) }
}

function toText(parameter: WireParameter, value: unknown): string {
  if (typeof value === 'string') {
    if (value.isWellFormed()) return value
    throw new ArgumentRefused(parameter.name, 'must be well-formed Unicode')
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (value === null) return ''
  throw new ArgumentRefused(
    parameter.name,
    `must not nest objects or lists: style "${parameter.style}" cannot write them`,
  )
}

/** RFC 3986 reserved characters stay as they are where the document says `allowReserved`. */
function encodeValue(parameter: WireParameter, text: string): string {
  const encoded = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  if (!parameter.allowReserved || parameter.in !== 'query') return encoded
  // "&", "#" and "+" would change the query itself, so they stay encoded.
  return encoded.replace(/%(?:3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B|3D)/g, decodeURIComponent)
}
