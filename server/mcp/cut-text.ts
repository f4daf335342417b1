import { describeNarrowing, type CutCall } from './next-step.ts'

/** What the last line takes at most. */
const MAX_NOTE_CHARS = 400

/**
 * Cuts a text at the end of a line, so that it has at most so many characters with the line that
 * says so; a text that fits stays as it is.
 *
 * @param maxChars at least 1,000
 */
export function cutText(text: string, call: CutCall, maxChars: number): string {
  if (text.length <= maxChars) return text
  const room = maxChars - MAX_NOTE_CHARS
  const lineEnd = text.lastIndexOf('\n', room)
  // A line that is longer than half of what may be shown is cut itself.
  const end = lineEnd > room / 2 ? lineEnd : room
  const shown = text
    .slice(0, end)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
  const note = `Cut: the first ${shown.length} of ${text.length} characters. ${describeNarrowing(call)}`
  return `${shown}\n[${note}]`
}
