import type { StoreStatus } from './status.ts'

/** Probes that come faster than this share one answer. */
const MAX_AGE_MS = 1_000
/** Well below the time that probes wait; a store that needs longer is of no use to a caller. */
const TIMEOUT_MS = 2_000
/** A question that hangs for so long is on a dead connection: another one is tried beside it. */
const STUCK_MS = 10_000

/**
 * Asks the store whether it answers, in bounded time and at most once a second: however many probes
 * come, and however long it hangs, they take one connection of it.
 *
 * @param options.now milliseconds of a clock that only goes forward
 */
export function createStoreHealth(options: {
  readonly ping: () => Promise<void>
  readonly now: () => number
  readonly timeoutMs?: number
}): () => Promise<StoreStatus> {
  const { ping, now, timeoutMs = TIMEOUT_MS } = options
  let question: { readonly askedAt: number; readonly answer: Promise<StoreStatus> } | null = null
  let last: { readonly at: number; readonly status: StoreStatus } | null = null

  function ask(): Promise<StoreStatus> {
    const askedAt = now()
    const isUp = ping().then(
      () => true,
      () => false,
    )
    const answer = isUp.then((isUp) => ({ isUp, latencyMs: now() - askedAt }))
    const own = { askedAt, answer }
    question = own
    void answer.then((status) => {
      last = { at: now(), status }
      if (question === own) question = null
    })
    return answer
  }

  return async function readStoreHealth() {
    if (last !== null && now() - last.at < MAX_AGE_MS) return last.status
    const isStuck = question !== null && now() - question.askedAt > STUCK_MS
    const answer = question === null || isStuck ? ask() : question.answer
    return within(timeoutMs, answer, { isUp: false, latencyMs: timeoutMs })
  }
}

async function within<Value>(ms: number, value: Promise<Value>, otherwise: Value): Promise<Value> {
  const late = Promise.withResolvers<Value>()
  const timer = setTimeout(() => late.resolve(otherwise), ms)
  try {
    return await Promise.race([value, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
