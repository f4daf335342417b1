import type { Logger } from 'pino'
import { createRealms } from '../realm.ts'
import type { Site } from './create-site.ts'

/** Long enough for a start to be over, and for whoever only wanted a quick answer to be gone. */
const FIRST_MS = 2_000
/** Between two pages: requests come first. */
const NEXT_MS = 50

type WarmUpOptions = { readonly site: Site; readonly publicUrl: URL; readonly log: Logger }

/**
 * Writes the pages of the connector's own host, one after the other in the background, so that nobody
 * has to wait for the first look at one.
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
