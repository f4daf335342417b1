import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** One document of a vendor. */
export type VendorDocument = {
  /** Short, and a folder's name. */
  readonly name: string
  readonly path: string
}

const CORPUS = join(import.meta.dirname, '../../../shared/corpus')

/** Lists the corpus beside the project; `null` where it is not there. */
export function listCorpus(): readonly VendorDocument[] | null {
  const index = join(CORPUS, 'INDEX.tsv')
  if (!existsSync(index)) return null
  return readFileSync(index, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t', 1)[0] ?? '')
    .map((file) => ({
      name: file.replace(/^multi\/|\.\w+$|\/openapi\.\w+$/g, '').replaceAll(/[^\w.-]/g, '-'),
      path: join(CORPUS, file),
    }))
}

/** GitHub's own document, 13 MB, as `@octokit/openapi` publishes it. */
export const OCTOKIT: VendorDocument = {
  name: 'octokit',
  path: join(
    dirname(createRequire(import.meta.url).resolve('@octokit/openapi')),
    'generated/api.github.com.json',
  ),
}
