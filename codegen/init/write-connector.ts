import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { OutputError } from '../output/replace-all.ts'

/**
 * Refuses a folder that is there: what people wrote is never replaced.
 *
 * @throws {OutputError} saying what to do instead
 */
export function checkIsNew(folder: string): void {
  if (!existsSync(folder)) return
  throw new OutputError(
    `${JSON.stringify(folder)} is there already; remove it, or name another folder with --out`,
  )
}

/**
 * Writes a connector's folder, all of it or nothing.
 *
 * @param files by their path below the folder
 * @throws {OutputError} if the folder is there already, or cannot be written
 */
export function writeConnector(folder: string, files: ReadonlyMap<string, Buffer | string>): void {
  checkIsNew(folder)
  const target = resolve(folder)
  const fresh = join(dirname(target), `.${basename(target)}-${randomUUID()}`)
  try {
    mkdirSync(fresh, { recursive: true })
    for (const [path, content] of files) {
      mkdirSync(dirname(join(fresh, path)), { recursive: true })
      writeFileSync(join(fresh, path), content)
    }
    renameSync(fresh, target)
  } catch (cause) {
    throw new OutputError(`cannot write ${JSON.stringify(folder)}`, { cause })
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}
