/** A place in a text as editors count it: both from 1. */
export type LineAndColumn = { readonly line: number; readonly column: number }

/** Turns offsets into lines and columns; the text is looked through once, when first asked. */
export function createLineIndex(text: string): (offset: number) => LineAndColumn {
  let starts: readonly number[] | null = null
  return (offset) => {
    starts ??= listLineStarts(text)
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

function listLineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1)
  }
  return starts
}
