import { findSegmentFault } from '../../upstream/path.ts'
import { percentEncode } from '../../upstream/percent-encode.ts'

/** A URI with arguments in braces (RFC 6570, level 1), ready to be held against URIs. */
export type UriTemplate = {
  readonly text: string
  /** What every URI of it begins with; all of it where it has no argument. */
  readonly fixed: string
  readonly names: readonly string[]
  /** At least one: what has none is one URI, and needs no pattern. */
  readonly match: (uri: string) => Readonly<Record<string, string>> | null
}

/** Makes a template that the generator has checked: each argument is a whole segment. */
export function compileUriTemplate(text: string): UriTemplate {
  const parts = text.split(/\{(\w+)\}/)
  const names = parts.filter((_, index) => index % 2 === 1)
  const pattern = parts.map((part, index) =>
    index % 2 === 1 ? `(${SEGMENT})` : part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  )
  const whole = new RegExp(`^${pattern.join('')}$`)
  return {
    text,
    fixed: parts[0] ?? '',
    names,
    match(uri) {
      const [, ...segments] = whole.exec(uri) ?? []
      const values = segments.map(decodeSegment).filter((value) => value !== null)
      if (values.length !== names.length || names.length === 0) return null
      return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
    },
  }
}

/**
 * Writes a value as one segment of a URI, percent-encoded once: only unreserved characters stay as
 * they are (RFC 3986, section 2.3).
 *
 * @returns `null` for a value that would not be read again: one that no path can hold, and one that
 *   looks percent-encoded already
 */
export function encodeSegment(value: string): string | null {
  // Nearly every id is of these characters and a few more, and needs neither the checks nor the encoder.
  if (PLAIN.test(value)) return value
  if (!value.isWellFormed() || TRIPLET.test(value) || findSegmentFault(value) !== null) return null
  return percentEncode(value)
}

/** What a segment says; `null` where it is not spelled as `encodeSegment` would spell it. */
function decodeSegment(segment: string): string | null {
  try {
    const value = decodeURIComponent(segment)
    return encodeSegment(value) === segment ? value : null
  } catch {
    return null // no UTF-8
  }
}

/** Unreserved characters and triplets, and so never a `/`, `?`, `#`, `:` or `@`. */
const SEGMENT = '(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+'
const PLAIN = /^[A-Za-z0-9_-]{1,200}$/
const TRIPLET = /%[0-9A-Fa-f]{2}/
