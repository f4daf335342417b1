import { lstatSync, mkdirSync } from 'node:fs'
import { constants, enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Beside the libraries: it goes when these are installed anew. */
const FOLDER = new URL('../node_modules/.cache/sluice/', import.meta.url)
const ONLY_OWNER = 0o700
const OTHERS_MAY_WRITE = 0o022

/**
 * Has Node keep what it makes of the source, so that the next start reads it instead of making it
 * again. Where that cannot be, as on a disk that is read-only, everything goes on without.
 *
 * What is kept runs in this process. So it is only taken from a folder that nobody else can write to.
 *
 * @param folder below it, Node keeps the files of each version and user apart
 * @returns whether it is kept
 */
export function keepCompiled(folder = FOLDER): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: ONLY_OWNER })
    if (!isOurs(folder)) return false
    return enableCompileCache(fileURLToPath(folder)).status !== constants.compileCacheStatus.FAILED
  } catch {
    return false
  }
}

/** The administrator of the machine may write everywhere; whose the folder is does not matter then. */
function isOurs(folder: URL): boolean {
  const stats = lstatSync(folder)
  if (!stats.isDirectory() || (stats.mode & OTHERS_MAY_WRITE) !== 0) return false
  // Windows has neither users in numbers nor such modes.
  return process.getuid === undefined || [0, process.getuid()].includes(stats.uid)
}
