/** What encodeURIComponent leaves alone although RFC 3986 reserves it (section 2.2). */
const LEFT_ALONE = /[!'()*]/g

/**
 * RFC 3986's reserved characters as they are encoded, but for `&`, `#` and `+`: those would end the
 * value, end the query, or be read as a space.
 */
const KEPT_RESERVED = /%(?:3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B|3D)/g

const TRIPLET = /(%[0-9a-f]{2})/i

/** Encodes everything but the unreserved characters (RFC 6570, section 3.2.1). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(LEFT_ALONE, toTriplet)
}

/**
 * Encodes as reserved expansion does (RFC 6570, section 3.2.3; OpenAPI's `allowReserved`): reserved
 * characters, and triplets that are percent-encoded already, stay as they are. `&`, `#` and `+` are
 * still encoded, because a caller's text must not become another argument.
 */
export function percentEncodeReserved(text: string): string {
  return text
    .split(TRIPLET)
    .map((part, index) =>
      index % 2 === 1 ? part : percentEncode(part).replace(KEPT_RESERVED, decodeURIComponent),
    )
    .join('')
}

/** Encodes what no cookie holds (RFC 6265, section 4.1.1), and what parts a form: `%`, `&`, `=`. */
export function percentEncodeCookie(text: string): string {
  return text.replace(/[^!#$'()*+\-./0-9:<>?@A-Z[\]^_`a-z{|}~]/gu, percentEncode)
}

function toTriplet(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
