import type { GivenArguments } from './prompt.ts'

const IN_TEXT = /\{([a-z][a-zA-Z0-9_]*)\}/g
/** `{argument}`, and `{+argument}` for what is a part of a URI already (RFC 6570, levels 1 and 2). */
const IN_URI = /\{(\+?)([a-z][a-zA-Z0-9_]*)\}/g

/**
 * Writes a prompt's text. Values go in as they are: nothing inside of them is looked at. A line that
 * names an argument that was not given is left out.
 *
 * @param names the prompt's arguments; other braces are text
 */
export function fillText(text: string, names: readonly string[], given: GivenArguments): string {
  const isWhole = (line: string) =>
    [...line.matchAll(IN_TEXT)].every(([, name = '']) => !names.includes(name) || given.has(name))
  return text
    .split('\n')
    .filter(isWhole)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .replaceAll(IN_TEXT, (whole, name: string) => given.get(name) ?? whole)
}

/** Writes a URI; `null` where an argument was not given. */
export function fillUri(template: string, given: GivenArguments): string | null {
  const names = [...template.matchAll(IN_URI)].map(([, , name = '']) => name)
  if (!names.every((name) => given.has(name))) return null
  return template.replaceAll(IN_URI, (_whole, operator: string, name: string) => {
    const value = given.get(name) ?? ''
    return operator === '+' ? value : encode(value)
  })
}

/** Percent-encodes all but the unreserved characters (RFC 3986, section 2.3); broken text as U+FFFD. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
