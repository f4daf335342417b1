import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fetchDocument, FetchError, type DocumentHeader } from './fetch-document.ts'
import type { Job } from './jobs.ts'
import type { FailOn, Report } from './report.ts'
import { run } from './run.ts'
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

/**
 * Fetches every document again and generates from what came. Nothing is written before all of it is
 * known to be good: a document that fails its allow-list leaves the copy at hand as it is.
 *
 * @param options.check only report
 * @param options.credential goes in the header that a `source.json` names, to no other document
 * @param options.now the time that is stamped
 * @throws {FetchError} when a document cannot be had
 * @throws {SourceRecordError} when a `source.json` is not usable
 */
export async function syncDocuments(options: {
  readonly jobs: readonly Job[]
  readonly check: boolean
  readonly failOn: FailOn
  readonly credential: string | null
  readonly now: () => Date
}): Promise<SyncReport> {
  const { jobs, check, failOn, credential, now } = options
  const fetched = await Promise.all(jobs.map((job) => fetchJob(job, credential)))
  const report = await run({ jobs: fetched.map(({ job }) => job), all: true, check, failOn })
  if (!check && report.problems.length === 0) {
    const syncedAt = now().toISOString()
    for (const { job, record } of fetched) {
      if (job.bytes !== null) replaceFile(job.spec, job.bytes)
      replaceFile(recordPath(job), renderSourceRecord({ ...record, syncedAt }))
    }
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
  const answer = await fetchDocument(record.url, known, toHeader(record, credential))
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

function recordPath({ spec }: Job): string {
  return join(dirname(spec), 'source.json')
}

/** Written beside and renamed, so that a reader finds the old file or the new one. */
function replaceFile(path: string, content: Buffer | string): void {
  const fresh = `${path}.new`
  writeFileSync(fresh, content)
  renameSync(fresh, path)
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
