import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readHistory, renderHistory } from './change-history.ts'
import type { Command } from '../command.ts'
import { fetchDocument, FetchError, type DocumentHeader } from './fetch-document.ts'
import type { Job } from '../jobs.ts'
import { replaceAll, type Replacement } from '../output/replace-all.ts'
import { SILENT, type Progress } from '../progress.ts'
import type { ConnectorReport, Report } from '../report.ts'
import { planRun } from '../run.ts'
import { readSourceRecord, renderSourceRecord, type SourceRecord } from './source-record.ts'

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
  const jobs = fetched.map(({ job }) => job)
  const { report, replacements } = await planRun({ ...command, jobs, all: true, progress })
  if (!command.check && report.problems.length === 0) {
    progress('writing')
    const at = now().toISOString()
    const documents = fetched.flatMap((each, index) =>
      replaceDocument(each, report.connectors[index] ?? null, at),
    )
    replaceAll([...replacements, ...documents])
  }
  return { documents: fetched.map(({ change }) => change), report }
}

type FetchedJob = {
  /** With the new bytes, where they differ. */
  readonly job: Job
  readonly record: SourceRecord
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
    change: { file: job.spec, url: record.url, before, after },
  }
}

function toHeader({ url, header }: SourceRecord, value: string | null): DocumentHeader | null {
  if (header === null) return null
  if (value !== null) return { name: header, value }
  throw new FetchError(`${url} is fetched with the header ${header}`, 'set DOCUMENT_CREDENTIAL')
}

function replaceDocument(
  { job, record, change: { before, after } }: FetchedJob,
  connector: ConnectorReport | null,
  at: string,
): readonly Replacement[] {
  const replace = (path: string, content: Buffer | string): Replacement => ({
    path,
    content,
    present: new Map(),
  })
  const history = join(dirname(job.spec), 'changes.json')
  const entry = {
    at,
    version: connector?.version ?? '',
    before,
    after,
    changes: connector?.drift.changes ?? [],
  }
  return [
    ...(job.bytes === null
      ? []
      : [
          replace(job.spec, job.bytes),
          replace(history, renderHistory(readHistory(history), entry)),
        ]),
    replace(recordPath(job), renderSourceRecord({ ...record, syncedAt: at })),
  ]
}

function recordPath({ spec }: Job): string {
  return join(dirname(spec), 'source.json')
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
