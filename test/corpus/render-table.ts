import type { Result } from './run-workers.ts'

const COLUMNS = ['document', 'operations', 'GET', 'tools', 'refused', 'seconds', 'peak MB'] as const

/** Writes one line for every document. */
export function renderTable(results: readonly Result[]): string {
  const rows = [COLUMNS, ...results.map(toRow)]
  const widths = COLUMNS.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

function toRow({ document, report }: Result): readonly string[] {
  if (report === null) return [document.name, ...COLUMNS.slice(1).map(() => 'crash')]
  const { outcome, explained, findings } = report
  return [
    document.name,
    String(explained.operations),
    String(explained.gets),
    String(findings?.paths.length ?? 0),
    String(explained.leftOut.length),
    outcome.seconds.toFixed(1),
    outcome.peakMegabytes.toFixed(0),
  ]
}
