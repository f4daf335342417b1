import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { ExportedSite } from './build-export.ts'

/** The folder cannot be written, or holds what this command did not put there. */
export class ExportError extends Error {
  override readonly name = 'ExportError'
}

/** Lists what this command has put into a folder: only that is ever removed again. */
const LIST_FILE = '.sluice-docs.json'

const list = z.object({
  format: z.literal(1),
  files: z.array(z.string().regex(/^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[\w./-]+$/)),
})

/**
 * Writes a site into a folder, and removes what an earlier export left there and this one does not
 * have. Files of others stay, such as `.git` or `CNAME`.
 *
 * @throws {ExportError} for a folder that is not empty and has no export of ours, and where the disk
 *   refuses
 */
export function writeExport(folder: string, site: ExportedSite): void {
  try {
    const before = readList(folder)
    mkdirSync(folder, { recursive: true })
    const files = [...site.keys()].sort()
    // First, so that an export that breaks off can be repeated.
    const both = [...new Set([...files, ...before])].sort()
    writeFileSync(join(folder, LIST_FILE), renderList(both))
    for (const [path, bytes] of site) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    for (const path of before.filter((each) => !site.has(each))) {
      rmSync(join(folder, path), { force: true })
    }
    writeFileSync(join(folder, LIST_FILE), renderList(files))
  } catch (cause) {
    if (cause instanceof ExportError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ExportError(`cannot write ${JSON.stringify(folder)}: ${reason}`, { cause })
  }
}

function renderList(files: readonly string[]): string {
  return `${JSON.stringify({ format: 1, files }, null, 2)}\n`
}

function readList(folder: string): readonly string[] {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return []
  const path = join(folder, LIST_FILE)
  const parsed = existsSync(path) ? list.safeParse(parseJson(readFileSync(path, 'utf8'))) : null
  if (parsed?.success === true) return parsed.data.files
  const what = `${JSON.stringify(folder)} holds files that are no export of the documentation`
  throw new ExportError(`${what}; choose another folder with --out, or empty it`)
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return null
  }
}
