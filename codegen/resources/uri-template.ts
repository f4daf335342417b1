/** A URI of a connector with arguments in braces (RFC 6570, level 1), taken apart at its slashes. */
export type UriTemplate = {
  /** What a path is made of: a fixed text, or one argument. */
  readonly segments: readonly Segment[]
  /** The arguments, in their order. */
  readonly names: readonly string[]
  /** What every URI of it begins with. */
  readonly fixed: string
}

type Segment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'argument'; readonly name: string }

/** Unreserved characters and triplets (RFC 3986, sections 2.1 and 2.3): the same in every spelling. */
const PLAIN = /^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/
const ARGUMENT = /^\{([A-Za-z0-9_]+)\}$/
const DOT_SEGMENT = /^(?:\.|%2E){1,2}$/

/**
 * Takes a template apart, or says what is wrong with it.
 *
 * An argument has a segment to itself, so that a URI says in one way only what its arguments are;
 * the first segment has none, so that a prefix can tell what is meant.
 *
 * @param connector the connector's name: the scheme
 */
export function parseUriTemplate(
  text: string,
  connector: string,
): UriTemplate | { readonly fault: string; readonly hint: string } {
  const scheme = `${connector}://`
  if (!text.startsWith(scheme)) {
    return { fault: `is no URI of this connector`, hint: `begin it with ${JSON.stringify(scheme)}` }
  }
  const parts = text.slice(scheme.length).split('/')
  const segments: Segment[] = []
  for (const [index, part] of parts.entries()) {
    const name = ARGUMENT.exec(part)?.[1]
    if (name !== undefined && index > 0) segments.push({ kind: 'argument', name })
    else if (isPlain(part)) segments.push({ kind: 'text', text: part })
    else return explain(part, index)
  }
  const names = segments.flatMap((each) => (each.kind === 'argument' ? [each.name] : []))
  return { segments, names, fixed: text.replace(/\{.*$/s, '') }
}

/** Writes a value as one segment of a URI: only unreserved characters stay as they are. */
export function encodeSegment(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Answers whether there is a URI that is one of both. */
export function canBeSame(left: UriTemplate, right: UriTemplate): boolean {
  return (
    left.segments.length === right.segments.length &&
    left.segments.every((each, index) => {
      const other = right.segments[index]
      if (each.kind === 'argument' || other?.kind !== 'text') return true
      return each.text === other.text
    })
  )
}

function isPlain(part: string): boolean {
  return PLAIN.test(part) && !DOT_SEGMENT.test(part)
}

function explain(part: string, index: number) {
  const shown = JSON.stringify(part)
  if (part === '') {
    return {
      fault: 'has an empty segment',
      hint: 'write one "/" between two segments, none behind',
    }
  }
  if (ARGUMENT.test(part) && index === 0) {
    return {
      fault: `begins with ${shown}`,
      hint: 'begin with a fixed word; arguments come after it',
    }
  }
  if (part.includes('{') || part.includes('}')) {
    return {
      fault: `has the segment ${shown}`,
      hint: 'give an argument a segment to itself: "/{id}/"',
    }
  }
  return {
    fault: `has the segment ${shown}`,
    hint: 'use letters, digits, "-", ".", "_", "~" and triplets such as "%20"; no "." or ".." alone',
  }
}
