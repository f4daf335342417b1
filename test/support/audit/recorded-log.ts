import type { Logger } from 'pino'
import { isRecord } from '../../../server/json.ts'
import { createLog } from '../../../server/log.ts'

/** A log that is kept, to be read. */
export type RecordedLog = {
  readonly log: Logger
  /** Whole, as it was written. */
  readonly text: () => string
  /** Its lines of one event. */
  readonly linesOf: (event: string) => readonly Readonly<Record<string, unknown>>[]
}

/** Makes an empty log. */
export function createRecordedLog(): RecordedLog {
  const lines: string[] = []
  const log = createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } })
  return {
    log,
    text: () => lines.join(''),
    linesOf: (event) =>
      lines
        .map((line): unknown => JSON.parse(line))
        .filter(isRecord)
        .filter((line) => line['event'] === event),
  }
}
