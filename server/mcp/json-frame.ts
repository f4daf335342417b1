import { isRecord } from '../json.ts'

/** The JSON text of a value without what stands at one place in it. */
export type JsonFrame = { readonly before: string; readonly after: string }

/**
 * Writes what is around a place, so that what stands there can be written once and by itself.
 *
 * @param steps of the place, which must be there; with none, nothing is around it
 */
export function writeFrame(value: unknown, steps: readonly string[]): JsonFrame {
  const [step, ...rest] = steps
  if (step === undefined) return { before: '', after: '' }
  const isList = Array.isArray(value)
  const members = isList ? [...value.entries()] : Object.entries(isRecord(value) ? value : {})
  const at = members.findIndex(([key]) => String(key) === step)
  const [name, inner] = members[at] ?? [step, null]
  const write = ([key, member]: readonly [string | number, unknown]) =>
    `${isList ? '' : `${JSON.stringify(key)}:`}${JSON.stringify(member)}`
  const before = members.slice(0, at).map((member) => `${write(member)},`)
  const after = members.slice(at + 1).map((member) => `,${write(member)}`)
  const frame = writeFrame(inner, rest)
  const key = isList ? '' : `${JSON.stringify(name)}:`
  return {
    before: `${isList ? '[' : '{'}${before.join('')}${key}${frame.before}`,
    after: `${frame.after}${after.join('')}${isList ? ']' : '}'}`,
  }
}
