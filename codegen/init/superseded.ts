import type { InspectedOperation } from './inspect-operation.ts'
import { endsInArgument, readPathWords, wordsOf } from './path-words.ts'
import { nounKey } from '../tool/words.ts'

type Datable = Pick<InspectedOperation, 'path' | 'isDeprecated'>

/**
 * Finds the operation that a deprecated one was replaced by: one that is not deprecated, ends in the
 * same words and says at least as much before them, as `/orgs/{org}/teams/{team}/members` does for
 * `/teams/{team}/members`. `null` where the operation is still the only one of its kind.
 */
export function findSuccessor<Operation extends Datable>(
  operation: Datable,
  all: readonly Operation[],
): Operation | null {
  if (!operation.isDeprecated) return null
  const own = readKeys(operation)
  return (
    all.find((other) => {
      if (other.isDeprecated) return false
      const keys = readKeys(other)
      return (
        own.last !== '' &&
        keys.last === own.last &&
        keys.isItem === own.isItem &&
        isWithin(own.words, keys.words)
      )
    }) ?? null
  )
}

/** Answers whether all words come among the others, in the same order. */
function isWithin(words: readonly string[], others: readonly string[]): boolean {
  let next = 0
  for (const word of others) if (word === words[next]) next += 1
  return next === words.length
}

function readKeys({ path }: Datable) {
  const { steps } = readPathWords(path)
  const words = wordsOf(steps).map(nounKey)
  return { words, last: words.at(-1) ?? '', isItem: endsInArgument(steps) }
}
