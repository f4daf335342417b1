import { createHash } from 'node:crypto'
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, posix, relative, sep } from 'node:path'
import { parsePointer, valueAt } from '../json-pointer.ts'
import { isUrl } from './is-url.ts'
import { listRefs, type Kind } from './openapi-walk.ts'
import { createFindings, GenerationError, type Findings } from '../problem.ts'
import { readHistory } from '../sync/change-history.ts'
import { NEVER_SYNCED, type Synced } from '../sync/synced.ts'
import { readSourceRecord } from '../sync/source-record.ts'
import { SourceRecordError } from '../sync/source-record-error.ts'
import { parseDocumentFile, parseSourceFile, type SourceFile } from './source-file.ts'
import { UnreadableFileError } from './unreadable-file.ts'

/** The document with every file that it refers to; nothing below reads a file again. */
export type DocumentSource = {
  readonly main: SourceFile
  /** Of the main file's bytes, in hexadecimal. */
  readonly sha256: string
  /** Where it was fetched from, which relative servers are relative to; `null` where that is not known. */
  readonly url: string | null
  /** When it was fetched, and what that changed. */
  readonly synced: Synced
  /** By their path below the document's folder; the document itself is `''`. */
  readonly files: ReadonlyMap<string, SourceFile>
  /** Why a file was not read, by its path or by the whole reference where it names no path. */
  readonly refused: ReadonlyMap<string, string>
}

/** All that a connector is generated from. */
export type Source = {
  readonly document: DocumentSource
  readonly allowList: SourceFile
}

/**
 * Reads a document, the files of its own folder that it refers to, and its allow-list.
 *
 * @param specPath of the document; where it is a URL, `bytes` are what came from there
 * @param bytes taken for the document in place of what is in its file; `null` reads the file
 * @throws {UnreadableFileError} if the document or the allow-list is not there
 * @throws {GenerationError} if one of them is neither YAML nor JSON, or `source.json` is not usable
 */
export function readSource(
  specPath: string,
  allowPath: string,
  bytes: Buffer | null = null,
): Source {
  const findings = createFindings()
  const document = parseDocument(specPath, bytes ?? readBytes(specPath), findings)
  const allowText = decode(readBytes(allowPath))
  const allowList = parseSourceFile(displayName(allowPath), allowText, findings)
  if (document === null || allowList === null || findings.problems.length > 0) {
    throw new GenerationError(findings)
  }
  return { document, allowList }
}

/**
 * Reads a document and the files of its own folder that it refers to.
 *
 * @param specPath of the document; where it is a URL, `bytes` are what came from there
 * @param bytes taken for the document in place of what is in its file; `null` reads the file
 * @throws {UnreadableFileError} if the document is not there
 * @throws {GenerationError} if it is neither YAML nor JSON, or `source.json` is not usable
 */
export function readDocument(specPath: string, bytes: Buffer | null = null): DocumentSource {
  const findings = createFindings()
  const document = parseDocument(specPath, bytes ?? readBytes(specPath), findings)
  if (document === null || findings.problems.length > 0) throw new GenerationError(findings)
  return document
}

/**
 * Says which file a reference names, seen from the file it stands in, and where inside.
 * The document itself is `''`, even where it is named: `mainName` is the name of its file.
 */
export function splitRef(
  ref: string,
  from: string,
  mainName: string,
): { readonly file: string; readonly fragment: string } | { readonly refused: string } {
  const [target = '', fragment = ''] = ref.split('#', 2)
  if (target === '') return { file: from, fragment: decodePercent(fragment) ?? fragment }
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || /^[/\\]{2}/.test(target)) {
    return { refused: 'points to the network or to another scheme; only files of its own folder' }
  }
  const path = decodePercent(target)
  if (path === null || /[\0\\?]/.test(path) || path.startsWith('/')) {
    return { refused: 'is not a relative file path' }
  }
  const file = posix.normalize(posix.join(posix.dirname(from), path))
  if (file === mainName) return { file: '', fragment: decodePercent(fragment) ?? fragment }
  if (file === '..' || file.startsWith('../')) {
    return { refused: "leaves the document's folder" }
  }
  return { file, fragment: decodePercent(fragment) ?? fragment }
}

type Origin = Pick<DocumentSource, 'url' | 'synced'>

/** Reads what a sync left beside the document. */
function readOrigin(folder: string, findings: Findings): Origin {
  const path = join(folder, 'source.json')
  const nothing = { url: null, synced: NEVER_SYNCED }
  if (!existsSync(path)) return nothing
  try {
    const { url, syncedAt } = readSourceRecord(path)
    return { url, synced: { syncedAt, history: readHistory(join(folder, 'changes.json')) } }
  } catch (error) {
    if (!(error instanceof SourceRecordError)) throw error
    const place = { file: displayName(path), line: null, column: null, where: '' }
    findings.problem(place, error.message)
    return nothing
  }
}

function parseDocument(specPath: string, bytes: Buffer, findings: Findings): DocumentSource | null {
  const main = parseDocumentFile(displayName(specPath), decode(bytes), findings)
  if (main === null) return null
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const origin = isUrl(specPath)
    ? { url: specPath, synced: NEVER_SYNCED }
    : readOrigin(dirname(specPath), findings)
  return { main, sha256, ...origin, ...readReferredFiles(main, specPath) }
}

/** A reference that does not begin with `#`: only then is the document searched for other files. */
const OTHER_FILE = /\$ref["']?\s*:\s*["']?[^#"'\s]/

function readReferredFiles(
  main: SourceFile,
  specPath: string,
): Pick<DocumentSource, 'files' | 'refused'> {
  const folder = dirname(specPath)
  const files = new Map([['', main]])
  const refused = new Map<string, string>()
  if (!OTHER_FILE.test(main.text)) return { files, refused }
  const visited = new Set<string>()
  const queue: { file: string; fragment: string; kind: Kind }[] = [
    { file: '', fragment: '', kind: 'document' },
  ]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { file, fragment, kind } = next
    if (visited.has(JSON.stringify(next))) continue
    visited.add(JSON.stringify(next))
    if (!files.has(file) && !refused.has(file)) {
      const read = readInside(folder, file)
      if (typeof read === 'string') refused.set(file, read)
      else files.set(file, read)
    }
    const value = valueAt(files.get(file)?.value ?? null, parsePointer(fragment))
    if (value === undefined) continue // reported where the reference is followed
    for (const { ref, kind: refKind } of listRefs(value, kind)) {
      const target = splitRef(ref, file, basename(main.name))
      if ('refused' in target) continue
      queue.push({ ...target, kind: refKind })
    }
  }
  return { files, refused }
}

/** Reads a file of the folder, or says why not. A link that leads outside counts as outside. */
function readInside(folder: string, file: string): SourceFile | string {
  const path = join(folder, file)
  try {
    const inside = relative(realpathSync(folder), realpathSync(path))
    if (inside.split(sep)[0] === '..' || inside.startsWith(sep)) {
      return "leaves the document's folder through a link"
    }
    if (!statSync(path).isFile()) return 'is not a file'
  } catch {
    return 'names a file that does not exist'
  }
  const findings = createFindings()
  const read = parseDocumentFile(displayName(path), decode(readBytes(path)), findings)
  if (read !== null) return read
  const [reason] = findings.problems.map(
    ({ line, column, what }) => `${what} (line ${line ?? 1}, column ${column ?? 1})`,
  )
  return `names a file that ${reason ?? 'is neither YAML nor JSON'}`
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new UnreadableFileError(`cannot read ${JSON.stringify(displayName(path))}`, { cause })
  }
}

function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8').decode(bytes)
}

function displayName(path: string): string {
  return path.split(sep).join('/')
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
