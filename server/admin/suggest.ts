/** Words this far apart, in edits for each letter, are not misspellings of each other. */
const MAX_EDITS_PER_LETTER = 0.4

/** Says "; did you mean …?" where one of the candidates is close to a misspelt word, or nothing. */
export function suggest(word: string, candidates: readonly string[]): string {
  const limit = Math.max(1, Math.floor(word.length * MAX_EDITS_PER_LETTER))
  const [best] = candidates
    .map((candidate) => ({ candidate, edits: countEdits(word.toLowerCase(), candidate) }))
    .filter(({ edits }) => edits <= limit)
    .sort((one, other) => one.edits - other.edits)
  return best === undefined ? '' : `; did you mean ${JSON.stringify(best.candidate)}?`
}

/** Levenshtein's distance, row by row. */
function countEdits(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [above, letter] of Array.from(one).entries()) {
    const next = [above + 1]
    for (let index = 1; index <= other.length; index += 1) {
      const replaced = cell(row, index - 1) + (letter === other[index - 1] ? 0 : 1)
      next.push(Math.min(replaced, cell(row, index) + 1, cell(next, index - 1) + 1))
    }
    row = next
  }
  return cell(row, other.length)
}

function cell(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
