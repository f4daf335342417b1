import { shorten } from '../json.ts'

const MAX_LINE_CHARS = 160

/** Gives the sentences at the beginning of a text that fit into one line of 160 characters. */
export function toLine(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  const [first = '', ...more] = flat.split(/(?<=[.!?。！？]) (?=[\p{Lu}\p{Lo}\p{N}])/u)
  if (first.length > MAX_LINE_CHARS) return shorten(first, MAX_LINE_CHARS)
  let line = first
  for (const sentence of more) {
    if (line.length + 1 + sentence.length > MAX_LINE_CHARS) break
    line = `${line} ${sentence}`
  }
  return line
}
