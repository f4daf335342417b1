import type { Logger } from 'pino'
import { repeat } from '../repeat.ts'
import type { Grant } from './grants.ts'
import type { Store } from './store.ts'

/** How often what has expired is removed. */
const INTERVAL_MS = 10 * 60_000

/**
 * Sweeps the store now and every ten minutes. Several instances may do it at once.
 *
 * @param onEnded told of every grant that a sweep ended
 * @returns stops it, and waits for a sweep that runs
 */
export function startSweeping(
  store: Pick<Store, 'sweep'>,
  log: Logger,
  onEnded: (grant: Grant) => void,
): () => Promise<void> {
  return repeat(() => sweep(store, log, onEnded), INTERVAL_MS)
}

/** A store that does not answer now is swept the next time. */
async function sweep(
  store: Pick<Store, 'sweep'>,
  log: Logger,
  onEnded: (grant: Grant) => void,
): Promise<void> {
  try {
    const { removed, ended } = await store.sweep()
    for (const grant of ended) onEnded(grant)
    log.debug({ event: 'swept', removed })
  } catch (error) {
    log.warn({ event: 'sweep_failed', err: error })
  }
}
