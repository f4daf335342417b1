import type { Intent } from './contract.ts'
import { omitRows, type Omission } from './omissions.ts'
import type { IntentRun } from './run-intent.ts'

/** Room that is kept for what is said of rows that do not fit. */
const NOTE_CHARS = 300

/** The part of an answer that is not rows. */
type Frame = (rows: string, omissions: readonly Omission[]) => string

/**
 * Writes what an intent came to as JSON. Rows that do not fit are left out from the end, and `partial`
 * says so; a single row, and what stands around the rows, is written whatever its length.
 *
 * @param maxChars of the whole text
 */
export function writeRun(intent: Intent, run: IntentRun, maxChars: number): string {
  const frame = createFrame(intent, run)
  const rows = run.rows.map((row) => JSON.stringify(row))
  const whole = frame(rows.join(','), run.omissions)
  if (whole.length <= maxChars || rows.length < 2) return whole
  const room = maxChars - frame('', run.omissions).length - NOTE_CHARS
  const shown = Math.max(1, countFitting(rows, room))
  return frame(rows.slice(0, shown).join(','), [...run.omissions, omitRows(shown, rows.length)])
}

function countFitting(rows: readonly string[], room: number): number {
  let chars = 0
  const tooMany = rows.findIndex((row) => (chars += row.length + 1) > room)
  return tooMany === -1 ? rows.length : tooMany
}

function createFrame({ name, title, result }: Intent, run: IntentRun): Frame {
  const { arguments: args, context, reads } = run
  const isContextUsed = Object.keys(context).length > 0
  return (rows, omissions) => {
    const before = { intent: name, title, arguments: args, ...(isContextUsed && { context }) }
    const after = {
      ...(result.note !== undefined && { note: result.note }),
      ...(omissions.length > 0 && { partial: omissions }),
      reads,
    }
    return `${JSON.stringify(before).slice(0, -1)},"rows":[${rows}],${JSON.stringify(after).slice(1)}`
  }
}
