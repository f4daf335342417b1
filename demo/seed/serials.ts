import { toId } from '../database/insert.ts'

/** Gives out ids such as `inv_000001`, counting on over both organizations. */
export type Serials = (prefix: string, digits: number) => string

/** Creates a counter per prefix. */
export function createSerials(): Serials {
  const used = new Map<string, number>()
  return function nextSerial(prefix, digits) {
    const serial = (used.get(prefix) ?? 0) + 1
    used.set(prefix, serial)
    return toId(prefix, digits, serial)
  }
}
