import type { CatalogueMode } from '../tool.ts'

/**
 * The largest catalogue that `auto` lists in full, in tokens: about sixty tools of common size. Ten
 * times that and more would be a tenth of what a large model can read, before it was asked anything.
 */
export const MAX_LISTED_TOKENS = 18_000

/** Answers whether clients list only what is pinned, and find the other tools by a search. */
export function isSearched({ mode, tokens }: CatalogueMode): boolean {
  return mode === 'search' || (mode === 'auto' && tokens > MAX_LISTED_TOKENS)
}
