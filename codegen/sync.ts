import { parseCommand, SYNC_USAGE, UsageError } from './command.ts'
import { isCommandError } from './command-error.ts'
import { createProgressLine } from './progress.ts'
import { FetchError } from './sync/fetch-error.ts'
import { SourceRecordError } from './sync/source-record-error.ts'

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
    // Nobody who asks for help, or gives a wrong command, waits for the generator to be loaded.
    const { syncDocuments } = await import('./sync/sync-documents.ts')
    const { renderSyncReport } = await import('./sync/sync-report.ts')
    const { isFine } = await import('./report.ts')
    const { printReport } = await import('./print.ts')
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
