import { findItems, isListShape, itemsOf, stepInto, type Shape } from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import { objectAt } from '../json.ts'
import { toPointer } from '../json-pointer.ts'
import { readPathWords, wordsOf } from './path-words.ts'
import { nounKey, splitWords } from '../tool/words.ts'

/** Where an answer keeps its list. */
export type ListPlace = {
  /** JSON Pointer; `null` where the answer is one record. */
  readonly pointer: string | null
  /** The generator comes to the same without being told. */
  readonly isFound: boolean
}

/** What only a record has: envelopes are not things of their own. */
const RECORD_NAMES = ['id', 'uuid', 'Id', 'ID']

/**
 * Finds the list of an answer as a person would: a record that holds a list is still one record, and
 * among several lists the one that the path is named after is meant.
 *
 * @returns `null` where the document leaves open what the answer holds
 */
export function locateList(bundle: Bundle, shape: Shape, path: string): ListPlace | null {
  if (isListShape(shape)) return { pointer: '', isFound: true }
  const names = [...new Set(shape.flatMap(({ node }) => Object.keys(objectAt(node['properties']))))]
  if (names.length === 0) return null
  const found = findItems(bundle, shape)
  if (names.some((name) => RECORD_NAMES.includes(name))) {
    return { pointer: null, isFound: found === null }
  }
  if (found !== null) return { pointer: found, isFound: true }
  const named = chooseByPath(bundle, shape, names, path)
  return { pointer: named, isFound: named === null }
}

function chooseByPath(
  bundle: Bundle,
  shape: Shape,
  names: readonly string[],
  path: string,
): string | null {
  const wish = nounKey(wordsOf(readPathWords(path).steps).at(-1) ?? [])
  const match = names.find((name) => {
    if (nounKey(splitWords(name)) !== wish) return false
    const step = stepInto(bundle, shape, name)
    return step.found === 'shape' && itemsOf(bundle, step.shape).length > 0
  })
  return match === undefined ? null : toPointer([match])
}
