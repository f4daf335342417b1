import type { Logger } from 'pino'
import type { Store } from './store.ts'

/** How often what has expired is removed. */
const INTERVAL_MS = 10 * 60_000

/**
 * Sweeps the store now and every ten minutes. Several instances may do it at once.
 *
 * @returns stops it, and waits for a sweep that runs
 */
export function startSweeping(store: Store, log: Logger): () => Promise<void> {
  let running = sweep(store, log)
  const timer = setInterval(() => {
    running = running.then(() => sweep(store, log))
  }, INTERVAL_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    return running
  }
}

/** A store that does not answer now is swept the next time. */
async function sweep(store: Store, log: Logger): Promise<void> {
  try {
    const { removed } = await store.sweep()
    log.debug({ event: 'swept', removed })
  } catch (error) {
    log.warn({ event: 'sweep_failed', err: error })
  }
}
