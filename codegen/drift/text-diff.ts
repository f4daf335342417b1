/** Longer differences are cut: the manifest has the whole texts. */
const MAX_DIFF_CHARS = 8_000
/** Beyond this many words on both sides, the old text is shown whole and then the new one. */
const MAX_WORDS = 2_000
/** How many words are kept around what changed. */
const CONTEXT_WORDS = 8

/** Words that both texts have, or that only one of them has. */
type Run = { readonly kind: 'same' | 'old' | 'new'; readonly words: readonly string[] }

/**
 * Shows what became of a text, word by word: `[-old-]{+new+}`. Characters that cannot be seen are
 * written out, because a text for a model may hide an instruction in them, and marks in the text
 * itself are escaped, so that none of it can pass for a part that did not change.
 */
export function diffTexts(before: string, after: string): string {
  const runs = compareWords(toWords(before), toWords(after)).filter(({ words }) => words.length > 0)
  const text = runs.map(renderRun).join(' ')
  if (text.length <= MAX_DIFF_CHARS) return text
  return `${text.slice(0, MAX_DIFF_CHARS)}… (cut; manifest.json has the whole text)`
}

/** Writes out what cannot be seen: control, formatting and ignorable characters, odd spaces. */
export function showInvisible(text: string): string {
  return text
    .replaceAll('\n', '⏎')
    .replace(/(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu, (character) => {
      const code = character.codePointAt(0) ?? 0
      return `\\u{${code.toString(16)}}`
    })
}

/** Splits at plain spaces only: any other space is part of a word, and shown. */
function toWords(text: string): readonly string[] {
  return text === '' ? [] : text.split(/ |(?<=\n)|(?=\n)/)
}

function compareWords(before: readonly string[], after: readonly string[]): readonly Run[] {
  const isSame = (left: number, right: number) => before[left] === after[right]
  const shorter = Math.min(before.length, after.length)
  let head = 0
  while (head < shorter && isSame(head, head)) head += 1
  let tail = 0
  while (tail < shorter - head && isSame(before.length - 1 - tail, after.length - 1 - tail)) {
    tail += 1
  }
  const old = before.slice(head, before.length - tail)
  const fresh = after.slice(head, after.length - tail)
  return [
    { kind: 'same', words: before.slice(0, head) },
    ...compareMiddles(old, fresh),
    { kind: 'same', words: before.slice(before.length - tail) },
  ]
}

/** Follows the longest common subsequence of both. */
function compareMiddles(old: readonly string[], fresh: readonly string[]): readonly Run[] {
  if (old.length + fresh.length > MAX_WORDS) {
    return [
      { kind: 'old', words: old },
      { kind: 'new', words: fresh },
    ]
  }
  const lengths = measureCommon(old, fresh)
  const width = fresh.length + 1
  const common = (left: number, right: number) => lengths[left * width + right] ?? 0
  const runs: Run[] = []
  let [left, right] = [0, 0]
  while (left < old.length || right < fresh.length) {
    const [oldWord, newWord] = [old[left], fresh[right]]
    if (oldWord !== undefined && oldWord === newWord) {
      add(runs, 'same', oldWord)
      left += 1
      right += 1
    } else if (
      oldWord !== undefined &&
      (newWord === undefined || common(left + 1, right) >= common(left, right + 1))
    ) {
      add(runs, 'old', oldWord)
      left += 1
    } else {
      add(runs, 'new', newWord ?? '')
      right += 1
    }
  }
  return runs
}

/** The length of what both have in common from each pair of words on, row by row. */
function measureCommon(old: readonly string[], fresh: readonly string[]): Uint16Array {
  const width = fresh.length + 1
  const lengths = new Uint16Array((old.length + 1) * width)
  for (let left = old.length - 1; left >= 0; left -= 1) {
    for (let right = fresh.length - 1; right >= 0; right -= 1) {
      const at = left * width + right
      lengths[at] =
        old[left] === fresh[right]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0)
    }
  }
  return lengths
}

function add(runs: Run[], kind: Run['kind'], word: string): void {
  const last = runs.at(-1)
  if (last?.kind === kind) runs.splice(-1, 1, { kind, words: [...last.words, word] })
  else runs.push({ kind, words: [word] })
}

function renderRun({ kind, words }: Run, index: number, runs: readonly Run[]): string {
  if (kind === 'same') return renderContext(words, index === 0, index === runs.length - 1)
  return kind === 'old' ? `[-${show(words)}-]` : `{+${show(words)}+}`
}

/** Keeps the words next to a change, and says with `…` that there are others. */
function renderContext(words: readonly string[], isFirst: boolean, isLast: boolean): string {
  const [head, tail] = [isFirst ? 0 : CONTEXT_WORDS, isLast ? 0 : CONTEXT_WORDS]
  if (words.length <= head + tail + 1) return show(words)
  const ends = [words.slice(0, head), words.slice(words.length - tail)]
  return ends.map(show).join(' … ').trim()
}

function show(words: readonly string[]): string {
  return showInvisible(words.join(' ').replace(/\[-|-\]|\{\+|\+\}/g, '\\$&'))
}
