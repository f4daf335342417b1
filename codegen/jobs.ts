import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { byCodeUnit } from './json.ts'
import { UnreadableFileError } from './document/unreadable-file.ts'

/** One connector to generate. */
export type Job = {
  readonly spec: string
  /** Taken for the document in place of what is in its file; `null` reads the file. */
  readonly bytes: Buffer | null
  readonly allow: string
  /** `null` is a folder of the connector's own name below `generated/`. */
  readonly out: string | null
}

/** Where connectors are specified, below the current folder. */
export const SPECS_FOLDER = 'specs'

/** The names that a connector's document may have. */
export const DOCUMENT_NAMES = ['openapi.yaml', 'openapi.yml', 'openapi.json'] as const
/** The name of its allow-list. */
export const ALLOW_LIST_NAME = 'allow-list.yaml'

/**
 * Lists every connector below `specs/`, in name order.
 *
 * @throws {UnreadableFileError} if there is none, or if one has no document or no allow-list
 */
export function findJobs(): readonly Job[] {
  const folders = existsSync(SPECS_FOLDER) ? listFolders(SPECS_FOLDER) : []
  if (folders.length === 0) {
    throw new UnreadableFileError(
      `there is no connector below "${SPECS_FOLDER}/"; name one with --spec and --allow`,
    )
  }
  return folders.map((folder) => {
    const name = DOCUMENT_NAMES.find((candidate) => existsSync(join(folder, candidate)))
    if (name === undefined) {
      throw new UnreadableFileError(`"${folder}" has no ${DOCUMENT_NAMES.join(', ')}`)
    }
    const spec = join(folder, name)
    return { spec, bytes: null, allow: join(folder, ALLOW_LIST_NAME), out: null }
  })
}

/** Links to folders count as folders: a connector that is skipped would look like one that is gone. */
function listFolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
      .sort(byCodeUnit)
  } catch (cause) {
    throw new UnreadableFileError(`"${folder}" is not a folder`, { cause })
  }
}
