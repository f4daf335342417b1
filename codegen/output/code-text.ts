import type { Json } from '../json.ts'

const IDENTIFIER = /^[A-Za-z_$][A-Za-z0-9_$]*$/

/**
 * Writes a value as a TypeScript literal; text of the document enters code through here only.
 * `indent` is the column of the line that the literal begins on.
 *
 * @throws {TypeError} for `undefined`, which no template may place
 */
export function toLiteral(value: Json | undefined, indent = 0): string {
  if (value === undefined) throw new TypeError('a template placed a value that is not there')
  const lines = JSON.stringify(value, null, 2)
    // Line ends for some readers of JavaScript, though not for JSON.
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .split('\n')
  // `"__proto__": x` in code would set the prototype; JSON means a member of that name.
  return lines
    .map((line) => line.replace(/^( *)"__proto__": /, '$1["__proto__"]: '))
    .join(`\n${' '.repeat(indent)}`)
}

/** Writes a member name of an object literal. */
export function toPropertyKey(name: string): string {
  if (name === '__proto__') return '["__proto__"]'
  return IDENTIFIER.test(name) ? name : toLiteral(name)
}

/** Writes the access to a member of an object. */
export function toAccess(object: string, name: string): string {
  return IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${toLiteral(name)}]`
}

/** Writes prose so that it stays inside its comment. */
export function toCommentText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll('*/', '* /')
    .trim()
}

/** Writes an object literal over several lines; members are given as key and code. */
export function toObjectCode(
  members: readonly (readonly [key: string, code: string])[],
  indent: number,
): string {
  if (members.length === 0) return '{}'
  const inner = ' '.repeat(indent + 2)
  const lines = members.map(([key, code]) => `${inner}${toPropertyKey(key)}: ${code},`)
  return ['{', ...lines, `${' '.repeat(indent)}}`].join('\n')
}
