import { collisionKey } from './names.ts'

/**
 * The tools that a connector has of its own. None of the allow-list's may be called like one, whether
 * or not this connector has it: it may have it tomorrow.
 */
export const RESERVED_NAMES = [
  'fetch',
  'organization.context',
  'search',
  'tools.call',
  'tools.describe',
  'tools.search',
] as const

/** The reserved name that a tool's name would be taken for, in either spelling; `null` for none. */
export function findReserved(name: string): string | null {
  const key = collisionKey(name)
  return RESERVED_NAMES.find((each) => collisionKey(each) === key) ?? null
}
