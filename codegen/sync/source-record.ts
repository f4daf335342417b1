import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { SourceRecordError } from './source-record-error.ts'

/** `source.json`: where a document comes from, and which copy of it is here. */
export type SourceRecord = {
  readonly url: string
  /** The header that `DOCUMENT_CREDENTIAL` is sent in; `null` where everybody may fetch it. */
  readonly header: string | null
  readonly etag: string | null
  readonly lastModified: string | null
  /** Of the document's bytes, in hexadecimal. */
  readonly sha256: string
  /** When the upstream was last asked, ISO 8601 in UTC; `null` before the first time. */
  readonly syncedAt: string | null
}

const schema = z.strictObject({
  url: z.string().min(1),
  header: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header')
    .nullable()
    .default(null),
  etag: z.string().nullable().default(null),
  lastModified: z.string().nullable().default(null),
  sha256: z.string().default(''),
  syncedAt: z.iso.datetime().nullable().default(null),
})

/**
 * Reads a `source.json`.
 *
 * @throws {SourceRecordError} if it is not there, no JSON, or has members it should not have
 */
export function readSourceRecord(path: string): SourceRecord {
  const parsed = schema.safeParse(parseFile(path))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`)
  throw new SourceRecordError(`${path}: ${problems.map((each) => each.trim()).join('; ')}`)
}

/** Writes a record as `source.json` holds it. */
export function renderSourceRecord(record: SourceRecord): string {
  const { header, ...rest } = record
  return `${JSON.stringify(header === null ? rest : record, null, 2)}\n`
}

function parseFile(path: string): unknown {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return value
  } catch (cause) {
    const what = 'write {"url": "https://…"} into it, the address of the document'
    throw new SourceRecordError(`${path} is missing or not JSON; ${what}`, { cause })
  }
}
