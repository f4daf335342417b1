import { isSame, member, objectAt, type Json } from '../json.ts'
import { tell, type Difference } from './change.ts'

/** Compares where `search` and `fetch` look, by namespace. */
export function compareResearch(
  before: Json | undefined,
  after: Json | undefined,
): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])].flatMap((namespace) => {
    const place = `namespace ${JSON.stringify(namespace)}`
    const [left, right] = [member(old, namespace), member(fresh, namespace)]
    if (right === undefined) return [tell('breaking', place, 'search looks there no more')]
    if (left === undefined) return [tell('additive', place, 'search looks there now')]
    if (isSame(left, right)) return []
    return [tell('risky', place, 'what search and fetch give of it changed')]
  })
}
