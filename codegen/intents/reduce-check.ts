import type { Path } from '../json-pointer.ts'
import { suggest, type IntentCheck, type Scope } from './intent-check.ts'
import { follow, type Target } from './target.ts'

/** One operation of a reduction while it is checked. */
export type ReduceCheck = {
  readonly check: IntentCheck
  readonly scope: Scope
  /** What the operation's rows are. */
  readonly row: Target
  /** Where the operation stands, below the intent. */
  readonly path: Path
}

/** Gives a field of the rows; reports one that they do not have. */
export function findField(at: ReduceCheck, name: string, below: Path): Target | null {
  const { check, row, path } = at
  const found = follow(check.bundle, row, [name])
  if (found.target !== null) return found.target
  const what = `no row has a field ${JSON.stringify(name)} here`
  check.report([...path, ...below], what, suggest(name, found.known))
  return null
}
