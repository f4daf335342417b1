import { nearest } from '../nearest.ts'

/** The longest tool name and the longest argument key that clients accept. */
export const MAX_NAME_LENGTH = 64

const PART = /^[a-z][a-zA-Z0-9]*$/
const SAFE_KEY = /^[a-zA-Z0-9_]{1,64}$/

/** How APIs call the comparisons that others write into the names of their filters. */
const COMPARISONS: Readonly<Record<string, string>> = {
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
  '!': 'not',
  '!=': 'ne',
}

/** A tool's name in its parts. */
export type ToolName = { readonly namespace: string; readonly action: string }

/** Takes `namespace.action` apart; `null` if it is not two camelCase words of at most 64 characters. */
export function parseToolName(name: string): ToolName | null {
  const [namespace = '', action = '', ...rest] = name.split('.')
  if (rest.length > 0 || name.length > MAX_NAME_LENGTH) return null
  return PART.test(namespace) && PART.test(action) ? { namespace, action } : null
}

/** Answers whether a word can be the name of a namespace. */
export function isNamespaceName(name: string): boolean {
  return PART.test(name) && name.length < MAX_NAME_LENGTH
}

/** What two names must not share: their wire spelling `namespace_action`, in any case. */
export function collisionKey(name: string): string {
  return name.replaceAll('.', '_').toLowerCase()
}

/** The exported constant of a tool. It holds two words, so it is never a reserved one. */
export function toIdentifier({ namespace, action }: ToolName): string {
  return `${namespace}_${action}`
}

/** What a name says to a person: `bankAccounts` becomes `bank accounts`. */
export function toWords(name: string): string {
  return name
    .replace(/[_.\-/]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim()
}

/** What `assignKeys` needs to know of a parameter. */
export type NamedParameter = { readonly name: string; readonly in: string }

/**
 * Gives every parameter the key that its argument goes by: its own name where clients accept it
 * and nobody else has it, otherwise a safe one. Path parameters choose first.
 */
export function assignKeys(parameters: readonly NamedParameter[]): readonly string[] {
  const keys = new Map<number, string>()
  const taken = new Set<string>()
  const take = (index: number, key: string) => {
    keys.set(index, key)
    taken.add(key)
  }
  const order = [...parameters.entries()].sort(
    ([left, a], [right, b]) => Number(b.in === 'path') - Number(a.in === 'path') || left - right,
  )
  for (const [index, { name }] of order) {
    if (isSafeKey(name) && !taken.has(name)) take(index, name)
  }
  for (const [index, { name, in: where }] of order) {
    if (keys.has(index)) continue
    const base = toSafeKey(name)
    take(index, firstFree([base, `${where}_${base}`], taken))
  }
  return parameters.map((_, index) => keys.get(index) ?? '')
}

/** Finds a parameter by its argument's key or by its own name, in that order. */
export function findByName<Named extends { readonly key: string; readonly name: string }>(
  named: readonly Named[],
  word: string,
): Named | null {
  const byName = named.filter(({ name }) => name === word)
  return named.find(({ key }) => key === word) ?? (byName.length === 1 ? (byName[0] ?? null) : null)
}

/** Says which argument was probably meant, or which there are. */
export function suggestKey(
  word: string,
  named: readonly { readonly key: string; readonly name: string }[],
): string {
  const keys = named.map(({ key }) => key)
  const match = nearest(word, keys)
  if (match !== null) return `did you mean ${JSON.stringify(match)}?`
  return keys.length === 0 ? 'the operation has no parameters' : `there are ${keys.join(', ')}`
}

/** Names that every object inherits would be found in arguments that were never given. */
function isSafeKey(name: string): boolean {
  return SAFE_KEY.test(name) && !(name in Object.prototype)
}

function toSafeKey(name: string): string {
  const key = name
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[<>!]=?/g, (comparison) => `_${COMPARISONS[comparison] ?? ''}_`)
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_NAME_LENGTH - 16)
  if (key === '') return 'parameter'
  return isSafeKey(key) ? key : `${key}_`
}

function firstFree(wishes: readonly string[], taken: ReadonlySet<string>): string {
  const last = wishes.at(-1) ?? 'parameter'
  const free = wishes.find((wish) => !taken.has(wish))
  if (free !== undefined) return free
  for (let count = 2; ; count += 1) {
    if (!taken.has(`${last}_${count}`)) return `${last}_${count}`
  }
}
