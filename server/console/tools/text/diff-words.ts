/** A part of two texts, and which of them has it; written as the HTML element for it. */
export type Piece = { readonly tag: 'span' | 'del' | 'ins'; readonly text: string }

/** Beyond so many pairs of words the texts are shown one behind the other. */
const MAX_PAIRS = 4_000_000

/** Compares two texts word by word: what both have, what only the first has, what only the second has. */
export function diffWords(before: string, after: string): readonly Piece[] {
  const [old, fresh] = [toWords(before), toWords(after)]
  if (old.length * fresh.length > MAX_PAIRS) {
    return join([...old.map(toPiece('del')), ...fresh.map(toPiece('ins'))])
  }
  const common = measureCommon(old, fresh)
  const pieces: Piece[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    const [one, other] = [old[i], fresh[j]]
    if (one !== undefined && one === other) {
      pieces.push({ tag: 'span', text: one })
      i += 1
      j += 1
    } else if (one !== undefined && (other === undefined || common(i + 1, j) >= common(i, j + 1))) {
      pieces.push({ tag: 'del', text: one })
      i += 1
    } else if (other !== undefined) {
      pieces.push({ tag: 'ins', text: other })
      j += 1
    }
  }
  return join(pieces)
}

/** Words with the space behind them, so that nothing is lost. */
function toWords(text: string): readonly string[] {
  return text.match(/\S+\s*|\s+/gu) ?? []
}

/** How many words the ends of both texts have in common, from two places on. */
function measureCommon(old: readonly string[], fresh: readonly string[]) {
  const width = fresh.length + 1
  const lengths = new Uint16Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        old[i] === fresh[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0)
    }
  }
  return (i: number, j: number) => lengths[i * width + j] ?? 0
}

function toPiece(tag: Piece['tag']) {
  return (text: string): Piece => ({ tag, text })
}

/** Neighbours of one kind become one piece. */
function join(pieces: readonly Piece[]): readonly Piece[] {
  const joined: Piece[] = []
  for (const piece of pieces) {
    const last = joined.at(-1)
    if (last?.tag === piece.tag) {
      joined.splice(-1, 1, { tag: piece.tag, text: last.text + piece.text })
    } else {
      joined.push(piece)
    }
  }
  return joined
}
