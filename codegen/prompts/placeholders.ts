/** A place in a text of a prompt that an argument goes into. */
export type Placeholder = {
  /** As it is written, braces and all. */
  readonly text: string
  readonly argument: string
}

/** `{argument}`; other braces are text. */
const IN_TEXT = /\{([a-z][a-zA-Z0-9_]*)\}/g
/** `{argument}` and `{+argument}` (RFC 6570, levels 1 and 2); other braces are a mistake. */
const IN_URI = /\{(\+?)([a-z][a-zA-Z0-9_]*)\}/g

/** Finds what arguments go into, in the order in which they stand. */
export function findPlaceholders(text: string): readonly Placeholder[] {
  return [...text.matchAll(IN_TEXT)].map(([whole, argument = '']) => ({ text: whole, argument }))
}

/** The same of the template of a URI; `null` for braces that are no placeholder. */
export function findUriPlaceholders(template: string): readonly Placeholder[] | null {
  if (/[{}]/.test(template.replaceAll(IN_URI, ''))) return null
  return [...template.matchAll(IN_URI)].map(([text, , argument = '']) => ({ text, argument }))
}

/** What is before the first argument. */
export function fixedStartOf(template: string): string {
  return template.replace(/\{.*$/, '')
}
