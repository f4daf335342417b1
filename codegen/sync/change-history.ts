import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { CHANGE_CLASSES, countChanges, type Change } from '../drift/change.ts'
import { SourceRecordError } from './source-record-error.ts'

/** What one sync changed. */
export type HistoryEntry = {
  /** ISO 8601 in UTC. */
  readonly at: string
  /** The document's `info.version` since then. */
  readonly version: string
  /** SHA-256 of the document's bytes. */
  readonly before: string
  readonly after: string
  readonly counts: Readonly<Record<(typeof CHANGE_CLASSES)[number], number>>
  readonly changes: readonly Change[]
}

/** Older entries are dropped: version control has them. */
const MAX_ENTRIES = 200

const schema = z.array(
  z.object({
    at: z.string(),
    version: z.string(),
    before: z.string(),
    after: z.string(),
    counts: z.record(z.enum(CHANGE_CLASSES), z.number()),
    changes: z.array(
      z.object({
        tool: z.string().nullable(),
        class: z.enum(CHANGE_CLASSES),
        what: z.string(),
        diff: z.string().nullable(),
      }),
    ),
  }),
)

/**
 * Reads a `changes.json`, the oldest entry first; without the file there is none.
 *
 * @throws {SourceRecordError} if the file is something else: it is not to be written over
 */
export function readHistory(path: string): readonly HistoryEntry[] {
  if (!existsSync(path)) return []
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    const what = `${path} is no list of changes; mend it, or move it away to begin a new one`
    throw new SourceRecordError(what, { cause })
  }
}

/** Puts a new entry behind the others; the oldest go where there are too many. */
export function appendEntry(
  history: readonly HistoryEntry[],
  { changes, ...rest }: Omit<HistoryEntry, 'counts'>,
): readonly HistoryEntry[] {
  const whole = [...history, { ...rest, counts: countChanges(changes), changes }]
  return whole.slice(-MAX_ENTRIES)
}

/** Writes a history as `changes.json` holds it. */
export function renderHistory(history: readonly HistoryEntry[]): string {
  return `${JSON.stringify(history, null, 2)}\n`
}
