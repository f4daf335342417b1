import { setTimeout as sleep } from 'node:timers/promises'
import { refreshTokens, type TestClient, type Tokens } from './oauth-client.ts'

/** Between two tries with a token that is refused for a while. */
const RETRY_MS = 150

/** A connection whose client refreshes as fast as it can; what it knows, and what a crash left. */
export type Refresher = {
  readonly client: TestClient
  /** The last tokens that were answered: all that the client has. */
  tokens: Tokens
  /** A request was sent and no answer came. */
  isUnanswered: boolean
  /** When its token was spent by an answer that never came, in epoch milliseconds. */
  spentAt: number | null
  /** Answered refreshes. */
  refreshes: number
  /** How often it had to wait until the lease of a lost answer was over. */
  leases: number
  /** What should never have been answered. */
  readonly complaints: string[]
}

/** Clients that refresh all the time, while the server is there. */
export type RefreshLoad = {
  /** Lets them go on; resolves once they have begun so many requests. */
  readonly resume: (begun: number) => Promise<void>
  /** Lets them begin no request; resolves once none is under way. */
  readonly pause: () => Promise<void>
  /** Ends those that need nothing; resolves once every connection has an answer to its last request. */
  readonly finish: () => Promise<void>
}

/**
 * Starts the clients, paused.
 *
 * A token that was not spent must be good at once, and one that a lost answer has spent once
 * `leaseMs` have passed; everything else is complained of.
 */
export function startRefreshLoad(
  origin: string,
  refreshers: readonly Refresher[],
  leaseMs: number,
): RefreshLoad {
  let gate = Promise.withResolvers<undefined>()
  let begun = 0
  let isFinishing = false
  let awaited: { readonly count: number; readonly reached: () => void } | null = null
  const underway = new Set<Promise<void>>()

  async function run(refresher: Refresher): Promise<void> {
    while (!(isFinishing && !refresher.isUnanswered)) {
      await gate.promise
      const request = refresh(refresher)
      underway.add(request)
      begun += 1
      if (awaited !== null && begun >= awaited.count) awaited.reached()
      await request
      underway.delete(request)
      if (refresher.spentAt !== null) await sleep(RETRY_MS)
    }
  }

  async function refresh(refresher: Refresher): Promise<void> {
    const { client, tokens, spentAt } = refresher
    const sentAt = Date.now()
    const answer = await refreshTokens(origin, client, tokens.refresh_token).catch(() => null)
    if (answer === null) {
      refresher.isUnanswered = true
      return
    }
    if (answer.status === 200) {
      refresher.tokens = answer
      refresher.isUnanswered = false
      refresher.spentAt = null
      refresher.refreshes += 1
      if (spentAt !== null) refresher.leases += 1
      return
    }
    const isLeased = spentAt !== null && sentAt < spentAt + leaseMs
    if (isLeased && answer.error === 'invalid_grant') return
    const since = spentAt === null ? 'unspent' : `spent ${sentAt - spentAt} ms ago`
    refresher.complaints.push(`${answer.status} ${answer.error ?? ''}: a token ${since}`)
    isFinishing = true
    refresher.isUnanswered = false
  }

  const running = Promise.all(refreshers.map(run))
  return {
    async resume(count) {
      const reached = Promise.withResolvers<undefined>()
      awaited = { count, reached: () => reached.resolve(undefined) }
      begun = 0
      gate.resolve(undefined)
      await Promise.race([reached.promise, running])
    },
    async pause() {
      gate = Promise.withResolvers<undefined>()
      await Promise.all(underway)
    },
    async finish() {
      isFinishing = true
      gate.resolve(undefined)
      await running
    },
  }
}
