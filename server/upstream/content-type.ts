/** What a `Content-Type` header says (RFC 9110, section 8.3). */
export type ContentType = {
  /** `type/subtype` in lower case; `null` where the header is absent or no media type. */
  readonly mediaType: string | null
  /** In lower case; `null` where none is named. */
  readonly charset: string | null
}

const TEXT_TYPES = [
  'application/ecmascript',
  'application/graphql',
  'application/javascript',
  'application/json-seq',
  'application/jsonl',
  'application/sql',
  'application/toml',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'application/x-yaml',
  'application/xml',
  'application/yaml',
]

/** Some servers write it in single quotes, which RFC 9110 knows nothing of. */
const CHARSET = /^\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))\s*$/i

/** Reads a `Content-Type` header; what is wrong in it counts as absent. */
export function parseContentType(header: string): ContentType {
  const [first = '', ...parameters] = header.split(';')
  const essence = first.trim().toLowerCase()
  const isMediaType = /^[\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100}$/.test(essence)
  const charset = parameters.flatMap((each) => CHARSET.exec(each)?.slice(1) ?? []).find(Boolean)
  return { mediaType: isMediaType ? essence : null, charset: charset?.toLowerCase() ?? null }
}

/** Answers whether a media type is one of JSON's (RFC 6839, section 3.1). */
export function isJsonType(mediaType: string): boolean {
  return /^(?:application|text)\/json$|\+json$/.test(mediaType)
}

/** Answers whether a media type is read by people and models as it is: text, CSV, XML, YAML. */
export function isTextType(mediaType: string): boolean {
  if (isJsonType(mediaType)) return false
  return /^text\/|\+(?:xml|yaml)$/.test(mediaType) || TEXT_TYPES.includes(mediaType)
}

/** Answers whether a media type is a page for browsers. */
export function isPageType(mediaType: string): boolean {
  return mediaType === 'text/html' || mediaType === 'application/xhtml+xml'
}
