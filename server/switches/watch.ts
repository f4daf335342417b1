import type { Logger } from 'pino'

/** How often an instance looks whether anything has changed; the store's one row is all that it reads. */
export const POLL_MS = 1_000
/** Up to this part of it is left out at random, so that instances do not all look at once. */
const JITTER = 0.2

/** Looks whether the store's revision has moved. */
export type Watch = {
  /** Looks now, not only when it is time; resolves once it knows as much as the store did when it was asked. */
  readonly look: () => Promise<void>
  /** Ends it, and waits for a look that is under way. */
  readonly stop: () => Promise<void>
}

/**
 * Watches the store's revision, and brings up to date what this instance keeps in memory.
 *
 * While the store is away, what is known stays in force; the log says so once, and once when it is
 * over. Looks follow one another and never pile up.
 *
 * @param options.known the revision that everything is at now
 * @param options.onMove brings everything up to date; where it fails, it is asked again at the next look
 * @param options.pollMs how often to look, at most
 * @param options.random a number from 0 to below 1
 */
export function startWatch(options: {
  readonly store: { readonly revision: () => Promise<number> }
  readonly known: number
  readonly onMove: () => Promise<void>
  readonly pollMs: number
  readonly random: () => number
  readonly log: Logger
}): Watch {
  const { store, onMove, pollMs, random, log } = options
  let known = options.known
  let isAway = false
  let isStopped = false
  let timer: NodeJS.Timeout | null = null
  /** The look under way, and the one that was asked for meanwhile: it may have begun too early. */
  let running: Promise<void> | null = null
  let next: Promise<void> | null = null

  async function lookOnce(): Promise<void> {
    try {
      const revision = await store.revision()
      // Not only a higher one: a restored backup has a lower one.
      if (revision !== known) {
        await onMove()
        known = revision
        log.info({ event: 'switches_reloaded', revision })
      }
      if (isAway) log.info({ event: 'switches_current_again', revision })
      isAway = false
    } catch (error) {
      if (!isAway) log.warn({ event: 'switches_unreadable', err: error })
      isAway = true
    }
  }

  function begin(): Promise<void> {
    running = lookOnce().finally(() => (running = null))
    return running
  }

  function look(): Promise<void> {
    if (isStopped) return Promise.resolve()
    if (running === null) return begin()
    next ??= running.then(() => {
      next = null
      return isStopped ? undefined : begin()
    })
    return next
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        void look().then(() => {
          if (!isStopped) schedule()
        })
      },
      pollMs * (1 - JITTER * random()),
    )
    timer.unref()
  }
  schedule()

  return {
    look,
    async stop() {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      await (next ?? running)
    },
  }
}
