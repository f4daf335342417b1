import { randomUUID } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** A folder could not be written, or holds what the generator did not put there. */
export class OutputError extends Error {
  override readonly name = 'OutputError'
}

/** What a file or a whole folder is to be. */
export type Replacement = {
  readonly path: string
  /** The folder's files by their paths below it, or the file's content. */
  readonly content: ReadonlyMap<string, string> | Buffer | string
  /** Texts of the folder's files as they are: what stays the same is not written again. */
  readonly present: ReadonlyMap<string, string>
}

/** One replacement, ready beside its target. */
type Staged = { readonly target: string; readonly fresh: string; readonly old: string }

/**
 * Puts files and folders in place of others: all of them or, after a failure, none.
 *
 * Everything is first written beside its target, where a full disk or a wrong path still costs
 * nothing; then each is renamed into place, in the order given, and all are renamed back if one
 * cannot be. A process that is killed between two renames leaves some of them done: the caller puts
 * last what says that the rest is there.
 *
 * @throws {OutputError} that names what could not be written
 */
export function replaceAll(replacements: readonly Replacement[]): void {
  const staged: Staged[] = []
  try {
    for (const replacement of replacements) staged.push(stage(replacement))
    swapAll(staged)
  } finally {
    for (const { fresh, old } of staged) {
      removeIfThere(fresh)
      removeIfThere(old)
    }
  }
}

function stage({ path, content, present }: Replacement): Staged {
  const target = resolve(path)
  const fresh = join(dirname(target), `.${basename(target)}-${randomUUID()}`)
  try {
    mkdirSync(dirname(target), { recursive: true })
    if (typeof content === 'string' || Buffer.isBuffer(content)) {
      checkIsNoFolder(target)
      writeFileSync(fresh, content)
    } else writeFolder(fresh, target, content, present)
    return { target, fresh, old: `${fresh}-old` }
  } catch (cause) {
    removeIfThere(fresh)
    throw cannotWrite(target, cause)
  }
}

/** Renaming would move a folder away for a file, whatever is in it. */
function checkIsNoFolder(target: string): void {
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Error('a folder is where a file must be')
  }
}

function writeFolder(
  fresh: string,
  target: string,
  wanted: ReadonlyMap<string, string>,
  present: ReadonlyMap<string, string>,
): void {
  mkdirSync(fresh)
  for (const [path, text] of wanted) {
    mkdirSync(dirname(join(fresh, path)), { recursive: true })
    if (present.get(path) === text) keepFile(join(target, path), join(fresh, path))
    else writeFileSync(join(fresh, path), text)
  }
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

function swapAll(staged: readonly Staged[]): void {
  const done: Staged[] = []
  for (const each of staged) {
    try {
      swap(each)
      done.push(each)
    } catch (cause) {
      for (const other of done.reverse()) swapBack(other)
      throw cannotWrite(each.target, cause)
    }
  }
}

function swap({ target, fresh, old }: Staged): void {
  const isThere = existsSync(target)
  if (isThere) renameSync(target, old)
  try {
    renameSync(fresh, target)
  } catch (error) {
    if (isThere) renameSync(old, target)
    throw error
  }
}

function swapBack({ target, fresh, old }: Staged): void {
  renameSync(target, fresh)
  if (existsSync(old)) renameSync(old, target)
}

/** Even with `force`, removing fails for a name that no file can have. */
function removeIfThere(path: string): void {
  if (existsSync(path)) rmSync(path, { recursive: true })
}

function cannotWrite(target: string, cause: unknown): OutputError {
  return new OutputError(`cannot write ${JSON.stringify(target)}`, { cause })
}
