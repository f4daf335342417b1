import { toIntentTool } from '../../server/intents/contract.ts'
import type { Router } from '../../server/intents/router.ts'
import type { Question } from './questions.ts'

/** How deep a client looks. */
export const DEPTHS = [1, 3, 10] as const

/** How often the right tool was among the first. */
export type Recall = {
  readonly questions: number
  /** Percent of the questions, by depth. */
  readonly at: readonly number[]
  /** Questions whose answer was not among the first ten. */
  readonly misses: readonly { readonly ask: string; readonly first: readonly string[] }[]
}

/** Asks a router every question. */
export function measureRecall(router: Router, questions: readonly Question[]): Recall {
  const ranked = questions.map(({ ask, right }) => {
    const names = router
      .rank(ask, { limit: DEPTHS.at(-1) ?? 1, isShown: () => true })
      .map(({ kind, name }) => (kind === 'intent' ? toIntentTool(name) : name))
    return { ask, first: names.slice(0, 3), rank: names.findIndex((name) => right.includes(name)) }
  })
  const countTo = (depth: number) => ranked.filter(({ rank }) => rank !== -1 && rank < depth).length
  return {
    questions: questions.length,
    at: DEPTHS.map((depth) => (100 * countTo(depth)) / questions.length),
    misses: ranked.filter(({ rank }) => rank === -1).map(({ ask, first }) => ({ ask, first })),
  }
}
