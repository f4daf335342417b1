import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { appendEntry, readHistory, renderHistory, type HistoryEntry } from './change-history.ts'
import type { Command } from '../command.ts'
import { fetchDocument, type DocumentHeader } from './fetch-document.ts'
import { FetchError } from './fetch-error.ts'
import type { Job } from '../jobs.ts'
import { replaceAll, type Replacement } from '../output/replace-all.ts'
import { SILENT, type Progress } from '../progress.ts'
import type { ConnectorReport, Report } from '../report.ts'
import { readSourceRecord, renderSourceRecord, type SourceRecord } from './source-record.ts'
import { NEVER_SYNCED, type Synced } from './synced.ts'

/** What became of one document. */
export type DocumentChange = {
  readonly file: string
  readonly url: string
  /** SHA-256 of the bytes before and now; the same where nothing changed. */
  readonly before: string
  readonly after: string
}

/** What a sync found out. */
export type SyncReport = { readonly documents: readonly DocumentChange[]; readonly report: Report }

type Options = Omit<Command, 'format' | 'all'> & {
  readonly credential: string | null
  readonly now: () => Date
  readonly progress?: Progress
}

/**
 * Fetches every document again, generates from what came, and puts documents, records and generated
 * folders in place at once. Nothing is written before all of it is known to be good, and a failure
 * on the way leaves everything as it was.
 *
 * Each `source.json` comes last: if the process is killed before, the next sync sees a document that
 * is not the recorded one, and does all of it again.
 *
 * @param options.check only report
 * @param options.credential goes in the header that a `source.json` names, to no other document
 * @param options.now the time that is stamped
 * @param options.progress is told of every step; nobody without it
 * @throws {FetchError} when a document cannot be had
 * @throws {SourceRecordError} when a `source.json` or `changes.json` is not usable
 * @throws {OutputError} when something cannot be read or written
 */
export async function syncDocuments({
  credential,
  now,
  progress = SILENT,
  ...command
}: Options): Promise<SyncReport> {
  progress('fetching')
  const fetched = await Promise.all(command.jobs.map((job) => fetchJob(job, credential)))
  // What cannot be had is told before the generator is loaded.
  const { planRun } = await import('../run.ts')
  const jobs = fetched.map(({ job }) => job)
  const at = now().toISOString()
  const { report, replacements } = await planRun({
    ...{ ...command, jobs, all: true, progress },
    ...(!command.check && {
      syncedAfter: (index, connector) => toSynced(fetched[index], connector, at),
    }),
  })
  if (!command.check && report.problems.length === 0) {
    progress('writing')
    const documents = fetched.flatMap((each, index) =>
      replaceDocument(each, toSynced(each, report.connectors[index], at)),
    )
    replaceAll([...replacements, ...documents])
  }
  return { documents: fetched.map(({ change }) => change), report }
}

type FetchedJob = {
  /** With the new bytes, where they differ. */
  readonly job: Job
  readonly record: SourceRecord
  readonly history: readonly HistoryEntry[]
  readonly change: DocumentChange
}

async function fetchJob(job: Job, credential: string | null): Promise<FetchedJob> {
  const record = readSourceRecord(recordPath(job))
  const before = hash(readFileSync(job.spec))
  // Validators speak of the copy that was fetched, not of one that was edited since.
  const isUntouched = record.sha256 === before
  const known = isUntouched ? record : { etag: null, lastModified: null }
  const answer = await fetchDocument(record.url, known, { header: toHeader(record, credential) })
  const after = answer.changed ? hash(answer.bytes) : before
  return {
    job: answer.changed && after !== before ? { ...job, bytes: answer.bytes } : job,
    record: { ...record, ...(answer.changed && answer.validators), sha256: after },
    history: readHistory(historyPath(job)),
    change: { file: job.spec, url: record.url, before, after },
  }
}

function toHeader({ url, header }: SourceRecord, value: string | null): DocumentHeader | null {
  if (header === null) return null
  if (value !== null) return { name: header, value }
  throw new FetchError(`${url} is fetched with the header ${header}`, 'set DOCUMENT_CREDENTIAL')
}

/** What is recorded of a document from now on; it is a new entry only where the document is another. */
function toSynced(
  fetched: FetchedJob | undefined,
  connector: Pick<ConnectorReport, 'version' | 'drift'> | undefined,
  at: string,
): Synced {
  if (fetched === undefined || connector === undefined) return NEVER_SYNCED
  const { job, history, change } = fetched
  if (job.bytes === null) return { syncedAt: at, history }
  const { before, after } = change
  const { version, drift } = connector
  const entry = { at, version, before, after, changes: drift.changes }
  return { syncedAt: at, history: appendEntry(history, entry) }
}

function replaceDocument(
  { job, record }: FetchedJob,
  { syncedAt, history }: Synced,
): readonly Replacement[] {
  const replace = (path: string, content: Buffer | string): Replacement => ({
    path,
    content,
    present: new Map(),
  })
  return [
    ...(job.bytes === null
      ? []
      : [replace(job.spec, job.bytes), replace(historyPath(job), renderHistory(history))]),
    replace(recordPath(job), renderSourceRecord({ ...record, syncedAt })),
  ]
}

function historyPath({ spec }: Job): string {
  return join(dirname(spec), 'changes.json')
}

function recordPath({ spec }: Job): string {
  return join(dirname(spec), 'source.json')
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
