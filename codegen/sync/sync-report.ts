import type { Format } from '../command.ts'
import { renderReport, toJsonReport } from '../report.ts'
import type { DocumentChange, SyncReport } from './sync-documents.ts'

/** Writes what a sync found out: first the documents, then what follows for the connectors. */
export function renderSyncReport({ documents, report }: SyncReport, format: Format): string {
  switch (format) {
    case 'text':
      return [...documents.map(describe), renderReport(report, format)].join('\n')
    case 'json':
      return JSON.stringify({ documents, report: toJsonReport(report) }, null, 2)
    case 'markdown':
      return [
        documents.map((change) => `- ${describe(change)}`).join('\n'),
        renderReport(report, format),
      ].join('\n\n')
  }
}

function describe({ file, url, before, after }: DocumentChange): string {
  if (before === after) return `${file} is what ${url} publishes`
  const [old, fresh] = [before, after].map((hash) => hash.slice(0, 12))
  return `${file}: ${url} publishes another one (sha256 ${old} → ${fresh})`
}
