import { isSame, member, objectAt, type Json } from '../json.ts'
import { tell, type ChangeClass, type Difference } from './change.ts'
import { describeMove } from './schema-limits.ts'

/** Compares two objects member by member, where each difference means the same. */
export function compareMembers(
  before: Json | undefined,
  after: Json | undefined,
  kind: ChangeClass,
  word: string,
): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((key) => {
    const [left, right] = [member(old, key), member(fresh, key)]
    if (isSame(left, right)) return []
    return [tell(kind, '', `${word} ${JSON.stringify(key)}: ${describeMove(left, right)}`)]
  })
}
