/** RFC 9110, section 8.3.1, with the ranges of section 12.5.1: type, subtype, then parameters. */
const MEDIA_TYPE =
  /^\s*([\w!#$&^.+*-]+)\/([\w!#$&^.+*-]+)\s*((?:;\s*[\w!#$&^.+-]+\s*=\s*(?:[\w!#$&^.+-]+|"[^"\\\r\n]*")\s*)*);?\s*$/

/** A media type of the document's `content`, as it can stand in an `Accept` header. */
export type MediaType = {
  /** The key as the document writes it. */
  readonly key: string
  /** `type/subtype` in lower case. */
  readonly essence: string
  /** The whole, without a charset and without needless spaces. */
  readonly text: string
}

/** Reads a key of `content`; `null` for what is no media type. */
export function parseMediaType(key: string): MediaType | null {
  const match = MEDIA_TYPE.exec(key)
  if (match === null) return null
  const [, type = '', subtype = '', rest = ''] = match
  const essence = `${type}/${subtype}`.toLowerCase()
  const parameters = rest
    .split(';')
    .map((parameter) => parameter.trim())
    .filter((parameter) => parameter !== '' && !/^charset\s*=/i.test(parameter))
  return { key, essence, text: [essence, ...parameters].join(';') }
}

/** Answers whether a media type without parameters is one of JSON's (RFC 6839, section 3.1). */
export function isJsonType(essence: string): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(essence)
}

/**
 * Chooses the JSON among the media types that something is documented in: the plain one if it is
 * there. `null` where there is none.
 */
export function findJsonType(keys: readonly string[]): MediaType | null {
  const types = keys.flatMap((key) => parseMediaType(key) ?? [])
  return (
    types.find(({ text }) => text === 'application/json') ??
    types.find(({ essence }) => essence === 'application/json') ??
    types.find(({ essence }) => isJsonType(essence)) ??
    null
  )
}

/** Answers whether JSON can be sent under a key of `content`; a range leaves the choice to the sender. */
export function takesJson(key: string): boolean {
  const type = parseMediaType(key)
  return (
    type !== null && (isJsonType(type.essence) || /^(?:\*|application)\/\*$/.test(type.essence))
  )
}
