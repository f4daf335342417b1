import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { DocumentHeader } from '../sync/fetch-document.ts'
import { FetchError } from '../sync/fetch-error.ts'
import { DOCUMENT_NAMES } from '../jobs.ts'
import { isUrl } from '../document/is-url.ts'
import { readDocument, type DocumentSource } from '../document/load.ts'
import { UnreadableFileError } from '../document/unreadable-file.ts'
import type { SourceRecord } from '../sync/source-record.ts'

/** A document as it was found, and what belongs beside it. */
export type Spec = {
  readonly document: DocumentSource
  /** Byte for byte what goes into the connector's folder, by path below it; the document is the first. */
  readonly files: ReadonlyMap<string, Buffer>
  /** Where it came from, for `sync`; `null` for a file. */
  readonly record: SourceRecord | null
}

/**
 * Reads a document from a file, with the files of its folder that it refers to, or from its URL.
 *
 * @param header where the document is not for everybody
 * @param now the time of the first sync
 * @throws {FetchError} when it cannot be had from its URL
 * @throws {UnreadableFileError} if there is no such file
 * @throws {GenerationError} if it is neither YAML nor JSON
 */
export async function readSpec(
  spec: string,
  header: DocumentHeader | null,
  now: () => Date,
): Promise<Spec> {
  return isUrl(spec) ? await fetchSpec(spec, header, now) : readSpecFile(spec)
}

async function fetchSpec(
  url: string,
  header: DocumentHeader | null,
  now: () => Date,
): Promise<Spec> {
  const { fetchDocument } = await import('../sync/fetch-document.ts')
  const answer = await fetchDocument(url, { etag: null, lastModified: null }, { header })
  if (!answer.changed) throw new FetchError(`${url} sent no document`, 'try again')
  const document = readDocument(url, answer.bytes)
  return {
    document,
    files: new Map([[nameByContent(document), answer.bytes]]),
    record: {
      url,
      header: header?.name ?? null,
      ...answer.validators,
      sha256: document.sha256,
      syncedAt: now().toISOString(),
    },
  }
}

function readSpecFile(path: string): Spec {
  const bytes = readBytes(path)
  const document = readDocument(path, bytes)
  const own = basename(path)
  const isKnown = DOCUMENT_NAMES.some((name) => name === own)
  const others = [...document.files.keys()].filter((name) => name !== '')
  const files = new Map([[isKnown ? own : nameByContent(document), bytes]])
  // The other files may refer to it by the name that it had.
  if (!isKnown && others.length > 0) files.set(own, bytes)
  for (const name of others) files.set(name, readBytes(join(dirname(path), name)))
  return { document, files, record: null }
}

function nameByContent({ main }: DocumentSource): string {
  return /^\s*\{/.test(main.text) ? 'openapi.json' : 'openapi.yaml'
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new UnreadableFileError(`cannot read ${JSON.stringify(path)}`, { cause })
  }
}
