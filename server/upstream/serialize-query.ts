import type { WireParameter } from '../mcp/tool.ts'
import { listBracketed } from './deep-object.ts'
import { ArgumentRefused } from './failure.ts'
import { percentEncode, percentEncodeReserved } from './percent-encode.ts'
import { joinTexts, toParts, toText, type Pair } from './value-parts.ts'

/** One `name=text` of a query; the name is not encoded yet, the text is. */
export type Field = readonly [name: string, encodedText: string]

const DELIMITERS: { readonly [Style in WireParameter['style']]?: string } = {
  spaceDelimited: '%20',
  pipeDelimited: '%7C',
  tabDelimited: '%09',
}

/** Names by which frameworks let a query turn a GET into a write. */
const METHOD_OVERRIDES: ReadonlySet<string> = new Set([
  '_method',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
])

/**
 * Writes the query's parameters in document order (OpenAPI 3.1, section 4.8.12.5); absent arguments
 * are absent. An empty text is `name=`, which is what `allowEmptyValue` asks for.
 *
 * @param fixedNames what the operation's own query already says, which no argument may say again
 * @throws {ArgumentRefused} for a value that the style cannot write, or that would be another's too
 */
export function listQueryFields(
  parameters: readonly WireParameter[],
  values: Readonly<Record<string, unknown>>,
  fixedNames: readonly string[] = [],
): readonly Field[] {
  const takenBy = new Map<string, WireParameter>()
  const claim = (parameter: WireParameter, name: string) => {
    const root = toRoot(name)
    const others = parameters.filter((other) => other !== parameter).map((other) => other.name)
    const isOthers =
      (takenBy.get(root) ?? parameter) !== parameter ||
      [...others, ...fixedNames].some((other) => isSame(other, name, toRoot(parameter.name)))
    if (isOthers || METHOD_OVERRIDES.has(root)) {
      const reason = `must not have ${JSON.stringify(name)}: that is another part of the request`
      throw new ArgumentRefused(parameter.name, reason)
    }
    takenBy.set(root, parameter)
  }

  return parameters.flatMap((parameter) => {
    const fields = listFields(parameter, values[parameter.name])
    for (const [name] of fields) if (name !== parameter.name) claim(parameter, name)
    return fields
  })
}

/** Writes fields behind each other, without the leading `?`. */
export function joinFields(fields: readonly Field[]): string {
  return fields.map(([name, text]) => `${percentEncode(name)}=${text}`).join('&')
}

/**
 * Tells whether a server may take two names for one. Careless ones compare without regard to case
 * and leading spaces, and read `page[size]` as a part of `page`.
 *
 * @param ownRoot of the parameter that has the name: below it, only the whole name is another's
 */
function isSame(other: string, name: string, ownRoot: string): boolean {
  const root = toRoot(name)
  return root === ownRoot ? other.toLowerCase() === name.toLowerCase() : root === toRoot(other)
}

function toRoot(name: string): string {
  return (name.trimStart().split('[', 1)[0] ?? '').toLowerCase()
}

function listFields(parameter: WireParameter, value: unknown): readonly Field[] {
  const { name, style, explode } = parameter
  const encode = parameter.allowReserved ? percentEncodeReserved : percentEncode
  if (style === 'deepObject' && parameter.content === null) {
    return listBracketed(parameter, value).map(([each, text]): Field => [each, encode(text)])
  }
  const parts = toParts(parameter, value)
  if (parts === null) return []
  if (parts.kind === 'text') {
    // A media type writes the value as a whole; no style has a say in it, nor has "allowReserved".
    return [[name, parameter.content === null ? encode(parts.text) : percentEncode(parts.text)]]
  }
  if (parts.kind === 'list' && explode) return parts.items.map((item) => [name, encode(item)])
  if (parts.kind === 'pairs' && explode && style === 'form') {
    return listExploded(parameter, value, parts.pairs).map(([each, text]) => [each, encode(text)])
  }
  const delimiter = DELIMITERS[style] ?? ','
  // Where the delimiter is allowed in a value, it is encoded there all the same.
  const encodeItem = (text: string) => encode(text).replaceAll(',', '%2C')
  const texts = parts.kind === 'list' ? parts.items : parts.pairs.flat()
  return [[name, joinTexts(parameter, texts, delimiter, encodeItem)]]
}

/**
 * Each member of an exploded object is written like a parameter of its own; so a list inside it,
 * for which the specification has no words, repeats its name (as Spring's `sort` expects it).
 */
function listExploded(
  parameter: WireParameter,
  value: unknown,
  pairs: readonly Pair[],
): readonly Pair[] {
  const members = new Map(Object.entries(value ?? {}))
  return pairs.flatMap(([name, text]): readonly Pair[] => {
    const member: unknown = members.get(name)
    return isFlatList(member)
      ? member.map((item): Pair => [name, toText(parameter, item)])
      : [[name, text]]
  })
}

function isFlatList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object')
}
