import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { toSealedJson } from '../../audit/chain.ts'
import { parseSealedEvent } from '../../audit/event-schema.ts'
import type { AuditEventStore } from '../../store/audit-events.ts'
import type { AuditRow } from '../../store/audit-rows.ts'
import type { AuditCursor, AuditFilter } from '../../store/audit-search.ts'

/** So many events are read at once: the reader's pace decides when the next are. */
const PAGE = 500

/** The columns of a spreadsheet, in their order. */
const COLUMNS = [
  ...['time', 'type', 'outcome', 'reason', 'organization', 'member', 'credential'],
  ...['clientId', 'clientName', 'method', 'tool', 'route', 'httpStatus', 'upstreamStatus'],
  ...['rpcCode', 'durationMs', 'bytes', 'address', 'subject', 'count', 'requestId', 'traceId'],
  ...['connector', 'id', 'sequence', 'previousHash', 'hash'],
]

const FORMATS = {
  json: {
    type: 'application/x-ndjson',
    extension: 'jsonl',
    head: '',
    render: (rows: readonly AuditRow[]) => rows.map((row) => `${toSealedJson(row)}\n`).join(''),
  },
  csv: {
    type: 'text/csv',
    extension: 'csv',
    // The mark tells spreadsheets that it is UTF-8.
    head: `\ufeff${toCsv([COLUMNS])}`,
    render: (rows: readonly AuditRow[]) => toCsv(rows.map(toCells)),
  },
} as const

/** What a copy can be. */
export type ExportFormat = keyof typeof FORMATS

/** Reads a format; `null` for anything else. */
export function parseFormat(text: string | null): ExportFormat | null {
  return text === 'json' || text === 'csv' ? text : null
}

/** What the copy is called, and what it is. */
export function describeExport(
  format: ExportFormat,
  { connector, at }: { readonly connector: string; readonly at: number },
): { readonly type: string; readonly fileName: string } {
  const { type, extension } = FORMATS[format]
  const day = new Date(at).toISOString().slice(0, 10)
  return { type, fileName: `${connector}-audit-${day}.${extension}` }
}

/**
 * Reads all events that fit, newest first, as fast as they are taken.
 *
 * @param options.onEnd is told how many were read, and whether that was all, however it ends
 */
export function exportEvents(options: {
  readonly store: Pick<AuditEventStore, 'list'>
  readonly filter: AuditFilter
  readonly format: ExportFormat
  readonly onEnd: (outcome: { readonly count: number; readonly isWhole: boolean }) => void
}): Readable {
  const { store, filter, format, onEnd } = options
  const { head, render } = FORMATS[format]

  let count = 0
  let isWhole = false

  async function* read() {
    if (head !== '') yield head
    let after: AuditCursor | undefined
    do {
      const rows: readonly AuditRow[] = await store.list(filter, PAGE, after)
      count += rows.length
      after = rows.length < PAGE ? undefined : rows.at(-1)
      if (rows.length > 0) yield render(rows)
    } while (after !== undefined)
    isWhole = true
  }

  // Bytes, one page ahead of the reader at most.
  const body = Readable.from(read(), { objectMode: false, highWaterMark: 1 })
  // A generator that nobody began to read would not tell its end.
  body.once('close', () => onEnd({ count, isWhole }))
  return body
}

/** An event that cannot be read is there with what its columns say of it. */
function toCells(row: AuditRow): readonly (string | number | null)[] {
  const event = parseSealedEvent(toSealedJson(row))
  const cells: Readonly<Record<string, string | number | null>> = event ?? {
    ...{ type: row.type, outcome: row.outcome, organization: row.organizationId, id: row.id },
    ...{ member: row.memberId, clientId: row.clientId, tool: row.tool },
    ...{ sequence: row.sequence, hash: row.hash },
  }
  const time = new Date(row.at).toISOString()
  return COLUMNS.map((name) => (name === 'time' ? time : (cells[name] ?? null)))
}

/** In a spreadsheet a text that begins as a formula does would be one; a quote before it keeps it a text. */
function toCsv(records: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    records.map((cells) => [...cells]),
    {
      escape_formulas: true,
      record_delimiter: 'windows',
    },
  )
}
