import { parseCommand, SYNC_USAGE, UsageError } from './command.ts'
import { FetchError } from './sync/fetch-document.ts'
import { isCommandError, printReport } from './print.ts'
import { createProgressLine } from './progress.ts'
import { isFine } from './report.ts'
import { SourceRecordError } from './sync/source-record.ts'
import { syncDocuments } from './sync/sync-documents.ts'
import { renderSyncReport } from './sync/sync-report.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const line = createProgressLine(process.stderr, {
    env: process.env,
    now: () => performance.now(),
  })
  try {
    const command = parseCommand(argv)
    if (command === 'help') {
      console.log(SYNC_USAGE)
      return 0
    }
    const { format, all, ...options } = command
    if (!all) throw new UsageError('sync takes every folder below specs/; leave --spec out')
    const credential = process.env['DOCUMENT_CREDENTIAL'] ?? null
    const synced = await syncDocuments({
      ...options,
      credential,
      now: () => new Date(),
      progress: line.show,
    }).finally(line.clear)
    printReport(synced.report, renderSyncReport(synced, format))
    return isFine(synced.report) ? 0 : 1
  } catch (error) {
    if (error instanceof FetchError) {
      console.error(`error: ${error.message}\n  → ${error.hint}`)
      return 1
    }
    if (error instanceof SourceRecordError) {
      console.error(`error: ${error.message}`)
      return 1
    }
    if (!isCommandError(error)) throw error
    console.error(`error: ${error.message}\n\n${SYNC_USAGE}`)
    return 2
  }
}
