import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { byCodeUnit, isObject, objectAt, toJson } from '../json.ts'
import type { GeneratedFiles } from './render.ts'
import { OutputError, replaceAll, type Replacement } from './replace-all.ts'

/** How a folder differs from what belongs in it; paths in code-unit order. */
export type FileChanges = {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** Reads a connector's folder as it is; empty where there is none. */
export function readOutput(folder: string): GeneratedFiles {
  if (!existsSync(folder)) return new Map()
  try {
    const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
    const files = paths.map((path): [string, string] => [
      relative(folder, path).split(sep).join('/'),
      readFileSync(path, 'utf8'),
    ])
    return new Map(files.sort(([left], [right]) => byCodeUnit(left, right)))
  } catch (cause) {
    throw new OutputError(`cannot read ${JSON.stringify(folder)}`, { cause })
  }
}

/** Compares a folder with what belongs in it. */
export function compareFiles(present: GeneratedFiles, wanted: GeneratedFiles): FileChanges {
  return {
    added: [...wanted.keys()].filter((path) => !present.has(path)),
    changed: [...wanted].flatMap(([path, text]) =>
      present.has(path) && present.get(path) !== text ? [path] : [],
    ),
    removed: [...present.keys()].filter((path) => !wanted.has(path)),
  }
}

/** Answers whether anything differs. */
export function hasChanges({ added, changed, removed }: FileChanges): boolean {
  return added.length + changed.length + removed.length > 0
}

/** What would be written into a folder, and what that changes. */
export type PlannedOutput = {
  readonly changes: FileChanges
  /** `null` where the folder is as it should be. */
  readonly replacement: Replacement | null
}

/**
 * Compares a folder with what belongs in it, and says how to make it that.
 *
 * @param present what `readOutput` found there
 * @throws {OutputError} if the folder holds something that is not generated
 */
export function planOutput(
  folder: string,
  present: GeneratedFiles,
  wanted: GeneratedFiles,
): PlannedOutput {
  const changes = compareFiles(present, wanted)
  if (!hasChanges(changes)) return { changes, replacement: null }
  checkReplaceable(folder, present)
  return { changes, replacement: { path: folder, content: wanted, present } }
}

/**
 * Puts a connector's files in place of the folder's: all of them or, after a failure, none.
 * Files that stay the same are not written again; what does not belong there is removed.
 *
 * @throws {OutputError} if the folder cannot be written, or holds something that is not generated
 */
export function writeOutput(folder: string, wanted: GeneratedFiles): FileChanges {
  const { changes, replacement } = planOutput(folder, readOutput(folder), wanted)
  replaceAll(replacement === null ? [] : [replacement])
  return changes
}

/** Lists the connectors' folders below a folder. */
export function listOutputs(folder: string): readonly string[] {
  if (!existsSync(folder)) return []
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => join(folder, entry.name))
      .filter((path) => isGenerated(readTop(path)))
      .sort(byCodeUnit)
  } catch (cause) {
    throw new OutputError(`cannot read ${JSON.stringify(folder)}`, { cause })
  }
}

/** Answers whether a folder has a manifest of ours; other programs have files of that name too. */
function isGenerated(files: GeneratedFiles): boolean {
  try {
    const parsed: unknown = JSON.parse(files.get('manifest.json') ?? 'null')
    const manifest = objectAt(toJson(parsed))
    return typeof manifest['format'] === 'number' && isObject(manifest['tools'])
  } catch {
    return false
  }
}

/** Reads only the manifest of a folder. */
function readTop(folder: string): GeneratedFiles {
  const path = join(folder, 'manifest.json')
  return existsSync(path) ? new Map([['manifest.json', readFileSync(path, 'utf8')]]) : new Map()
}

/** A wrong `--out` must not cost anybody their files. */
function checkReplaceable(folder: string, present: GeneratedFiles): void {
  if (present.size === 0 || isGenerated(present)) return
  throw new OutputError(
    `${JSON.stringify(folder)} holds files that were not generated; choose another folder`,
  )
}
