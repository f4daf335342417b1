import type { AuditEvent } from './event.ts'
import { parseEvent } from './event-schema.ts'
import type { LineFile } from './line-file.ts'

/** How many are written down while a batch of them is on its way. */
const MAX_EVENTS = 2_000

/** Events that are on their way into the store together. */
export type JournalBatch = {
  readonly events: readonly AuditEvent[]
  /** Whether that was tried before, so that the store may have them already. */
  readonly isTried: boolean
}

/**
 * The newest events of this process, in memory and in two files: new events go into one of them,
 * while those of the other are on their way into the store. Then that file is emptied at once, and
 * nothing was read back or removed one by one.
 */
export interface Journal {
  /** What an earlier process left in the files, as JSON and the oldest first. */
  readonly left: readonly string[]
  /** @returns `false` where there is no room. @throws where the disk does not take it */
  add(event: AuditEvent, body: string): boolean
  /** The oldest events, as one batch that stays until it is cleared; `null` where there are none. */
  take(): JournalBatch | null
  /** Removes the batch. */
  clear(): void
  /** Removes what an earlier process left. */
  clearLeft(): void
  countEvents(): number
  /** Of their JSON. */
  countChars(): number
  close(): void
}

type Half = { readonly file: LineFile; events: AuditEvent[]; chars: number }

/** Keeps a journal in two files that nobody else has. */
export function createJournal(one: LineFile, other: LineFile): Journal {
  const files = [one, other]
  let filled: Half = { file: one, events: [], chars: 0 }
  let taken: Half = { file: other, events: [], chars: 0 }

  return {
    left: files
      .map(({ left }) => left)
      .sort(([first = ''], [second = '']) => timeOf(first) - timeOf(second))
      .flat(),
    add(event, body) {
      if (filled.events.length >= MAX_EVENTS) return false
      filled.file.add(body)
      filled.events.push(event)
      filled.chars += body.length
      return true
    },
    take() {
      const isTried = taken.events.length > 0
      // The store is away, and what waits for it may wait for long.
      if (isTried) taken.file.sync()
      else [filled, taken] = [taken, filled]
      return taken.events.length === 0 ? null : { events: taken.events, isTried }
    },
    clear() {
      taken.file.clear()
      taken.events = []
      taken.chars = 0
    },
    clearLeft() {
      for (const file of files) file.clear()
    },
    countEvents: () => filled.events.length + taken.events.length,
    countChars: () => filled.chars + taken.chars,
    close() {
      for (const file of files) file.close()
    },
  }
}

function timeOf(body: string): number {
  return parseEvent(body)?.time ?? 0
}
