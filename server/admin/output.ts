import type { AuditFact } from '../audit/event.ts'
import type { Json } from '../mcp/tool.ts'
import { toDisplayText } from '../pages/display-text.ts'

/** What a command found or did. */
export type Result = {
  /** What `--json` prints; times are ISO 8601 in UTC. */
  readonly json: Json
  /** Printed on standard output otherwise. */
  readonly lines: readonly string[]
  /** Printed on standard error, so that the output can be piped. */
  readonly notes: readonly string[]
  /** What it changed, for the record; a list changes nothing. */
  readonly facts: readonly AuditFact[]
  /** Lines that are too many to hold, printed before anything else; without it, there are none. */
  readonly stream?: AsyncIterable<string>
  /** The command could do its work, and what it found is not as it should be: exit 1. */
  readonly isRefused?: boolean
}

/** A column of a list. */
export type Column<Row> = readonly [title: string, toText: (row: Row) => string | null]

const GAP = '  '
/** Control and format characters, which JSON leaves as they are and a terminal would obey. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu

/** Makes the result of a list. */
export function toListResult<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  toJson: (row: Row) => Json,
): Result {
  const isEmpty = rows.length === 0
  return {
    json: rows.map(toJson),
    lines: isEmpty ? [] : renderTable(rows, columns),
    notes: isEmpty ? ['none'] : [],
    facts: [],
  }
}

/** Makes the result of a change: one sentence about it, and what goes on record of it. */
export function toChangeResult(
  sentence: string,
  json: Json,
  facts: readonly AuditFact[],
  notes: readonly string[] = [],
): Result {
  return { json, lines: [sentence], notes, facts }
}

/** Writes JSON in which nothing can move a terminal's cursor. */
export function renderJson(value: Json): string {
  return JSON.stringify(value, null, 2).replaceAll(UNSEEN, (character) =>
    character === '\n' ? character : toEscapes(character),
  )
}

/** Quotes a text from elsewhere, fit to be seen in a terminal. */
export function quote(text: string): string {
  return JSON.stringify(toDisplayText(text, { maxChars: Infinity }))
}

/** A time for people, in UTC to the minute. */
export function toTimeText(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')
}

/** A time for programs (ISO 8601). */
export function toTimeJson(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString()
}

/** Names come from elsewhere; ids and the like are never shortened. */
function renderTable<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): readonly string[] {
  const cells = [
    columns.map(([title]) => title),
    ...rows.map((row) =>
      columns.map(([, toText]) => toDisplayText(toText(row) ?? '-', { maxChars: Infinity })),
    ),
  ]
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((line) => (line[index] ?? '').length)),
  )
  return cells.map((line) =>
    line
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join(GAP)
      .trimEnd(),
  )
}

function toEscapes(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
