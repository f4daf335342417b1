import { randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { byCodeUnit, isObject, objectAt, toJson } from './json.ts'
import type { GeneratedFiles } from './render.ts'

/** How a folder differs from what belongs in it; paths in code-unit order. */
export type FileChanges = {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  readonly removed: readonly string[]
}

/** A folder could not be written, or holds what the generator did not put there. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
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

/**
 * Puts a connector's files in place of the folder's: all of them or, after a failure, none.
 * Files that stay the same are not written again; what does not belong there is removed.
 *
 * @throws {OutputError} if the folder cannot be written, or holds something that is not generated
 */
export function writeOutput(folder: string, wanted: GeneratedFiles): FileChanges {
  const present = readOutput(folder)
  const changes = compareFiles(present, wanted)
  if (!hasChanges(changes)) return changes
  checkReplaceable(folder, present)
  const target = resolve(folder)
  const parent = dirname(target)
  let fresh: string | null = null
  try {
    mkdirSync(parent, { recursive: true })
    fresh = join(parent, `.${basename(target)}-${randomUUID()}`)
    mkdirSync(fresh)
    for (const [path, text] of wanted) {
      const isSame = present.get(path) === text
      mkdirSync(dirname(join(fresh, path)), { recursive: true })
      if (isSame) keepFile(join(target, path), join(fresh, path))
      else writeFileSync(join(fresh, path), text)
    }
    swapFolders(fresh, target)
    return changes
  } catch (cause) {
    throw new OutputError(`cannot write ${JSON.stringify(folder)}`, { cause })
  } finally {
    if (fresh !== null) rmSync(fresh, { recursive: true, force: true })
  }
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

/** Removes a connector's folder. */
export function removeOutput(folder: string): void {
  checkReplaceable(folder, readOutput(folder))
  rmSync(folder, { recursive: true })
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

/** Links the old file into the new folder; where links are not to be had, copies it with its times. */
function keepFile(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
    const { atime, mtime } = statSync(from)
    utimesSync(to, atime, mtime)
  }
}

function swapFolders(fresh: string, target: string): void {
  if (!existsSync(target)) {
    renameSync(fresh, target)
    return
  }
  const old = `${fresh}-old`
  renameSync(target, old)
  try {
    renameSync(fresh, target)
  } catch (error) {
    renameSync(old, target)
    throw error
  }
  rmSync(old, { recursive: true })
}
