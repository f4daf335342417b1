/** An object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Tells whether a value is an object, so that its members can be asked for. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Follows member names and list positions into a value. */
export function at(value: unknown, ...steps: readonly (string | number)[]): unknown {
  let current = value
  for (const step of steps) {
    if (Array.isArray(current)) current = toList(current)[Number(step)]
    else current = isObject(current) ? current[String(step)] : undefined
  }
  return current
}

/** Expects a list. */
export function toList(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`expected a list, got ${JSON.stringify(value)}`)
  return value
}

/** Expects text. */
export function toText(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`expected text, got ${JSON.stringify(value)}`)
  return value
}

/** Expects a number. */
export function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  throw new TypeError(`expected a number, got ${JSON.stringify(value)}`)
}

/** Expects an object. */
export function toObject(value: unknown): JsonObject {
  if (!isObject(value)) throw new TypeError(`expected an object, got ${JSON.stringify(value)}`)
  return value
}
