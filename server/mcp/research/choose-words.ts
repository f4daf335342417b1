const MAX_WORDS = 3
/** Shorter ones are in nearly every record. */
const MIN_CHARS = 3
/** Signs around a word; within it, as in an invoice's number, they are a part of it. */
const AROUND = /^[^\p{L}\p{N}#]+|[^\p{L}\p{N}]+$/gu

/** The words of a query that are worth searching for one by one: the longest say the most. */
export function chooseWords(query: string): readonly string[] {
  const words = query.split(/\s+/).map((word) => word.replaceAll(AROUND, ''))
  const distinct = new Map(
    words
      .filter((word) => word.length >= MIN_CHARS)
      .map((word) => [word.toLowerCase(), word] as const),
  )
  return [...distinct.values()]
    .toSorted((one, other) => other.length - one.length)
    .slice(0, MAX_WORDS)
}
