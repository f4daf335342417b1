import type { LastWords } from './retire.ts'

/** What one part of the bench sent, and what its processes said at their end. */
export type Part = {
  readonly loads: readonly { readonly requests: number; readonly wrong: readonly string[] }[]
  readonly lastWords: readonly LastWords[]
}
