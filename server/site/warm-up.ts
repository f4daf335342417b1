import type { Logger } from 'pino'
import { createRealms } from '../realm.ts'
import type { Site } from './create-site.ts'

/** Whoever had the documentation loaded gets their page first, with all that it shows. */
const FIRST_MS = 500
/** Between two pages: requests come first. */
const NEXT_MS = 50

type WarmUpOptions = { readonly site: Site; readonly publicUrl: URL; readonly log: Logger }

/**
 * Writes the pages of the connector's own host, one after the other in the background: who looked at
 * one will look at others, and then nobody has to wait for them.
 *
 * @returns ends it, wherever it is
 */
export function startWarmUp({ site, publicUrl, log }: WarmUpOptions): () => void {
  const realm = createRealms({ publicUrl, tenantHosts: null }).ofHost('')
  const paths = site.paths(realm)
  const left = [...paths]
  let timer = setTimeout(writeNext, FIRST_MS).unref()

  function writeNext() {
    const path = left.shift()
    if (path === undefined) {
      log.debug({ event: 'documentation_written', pages: paths.length })
      return
    }
    try {
      site.page(realm, path, 'html')
      timer = setTimeout(writeNext, NEXT_MS).unref()
    } catch (error) {
      log.error({ event: 'documentation_page_failed', path, err: error })
    }
  }
  return () => clearTimeout(timer)
}
