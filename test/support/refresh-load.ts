import { setTimeout as sleep } from 'node:timers/promises'
import { refreshTokens, type TestClient, type Tokens } from './oauth-client.ts'

/** Requests that are under way at the same time. */
const WORKERS = 5
/** Between two tries with a token that is refused for a while. */
const RETRY_MS = 150
const IDLE_MS = 5

/** A connection whose client refreshes again and again; what it knows, and what a crash left. */
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
  readonly resume: (count: number) => Promise<void>
  /** Lets them begin no request; resolves once none is under way. */
  readonly pause: () => Promise<void>
  /** Lets those go on that wait for an answer; resolves once each has got it. */
  readonly finish: () => Promise<void>
}

/**
 * Starts the clients, paused.
 *
 * The last answered token must be good: at once where it was not spent, and where a lost answer has
 * spent it after a wait. Every refusal is complained of, and ends the load.
 */
export function startRefreshLoad(origin: string, refreshers: readonly Refresher[]): RefreshLoad {
  const waiting = refreshers.map((refresher) => ({ refresher, from: 0 }))
  const underway = new Set<Promise<void>>()
  let gate = Promise.withResolvers<undefined>()
  let begun = 0
  let isFinishing = false

  async function work(): Promise<void> {
    for (;;) {
      await gate.promise
      if (isFinishing && !refreshers.some(({ isUnanswered }) => isUnanswered)) return
      const index = waiting.findIndex(
        ({ refresher, from }) => from <= Date.now() && (!isFinishing || refresher.isUnanswered),
      )
      const [next] = index === -1 ? [] : waiting.splice(index, 1)
      if (next === undefined) {
        await sleep(IDLE_MS)
        continue
      }
      const request = refresh(next.refresher)
      underway.add(request)
      begun += 1
      await request
      underway.delete(request)
      const pauseMs = next.refresher.spentAt === null ? 0 : RETRY_MS
      waiting.push({ refresher: next.refresher, from: Date.now() + pauseMs })
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
      const leases = refresher.leases + (spentAt === null ? 0 : 1)
      const refreshes = refresher.refreshes + 1
      Object.assign(refresher, { tokens: answer, isUnanswered: false, spentAt: null })
      Object.assign(refresher, { refreshes, leases })
      return
    }
    const since = spentAt === null ? 'not spent' : `spent ${sentAt - spentAt} ms before`
    refresher.complaints.push(`${answer.status} ${answer.error ?? ''} for a token ${since}`)
    isFinishing = true
    refresher.isUnanswered = false
  }

  const working = Promise.all(Array.from({ length: WORKERS }, work))
  return {
    async resume(count) {
      begun = 0
      gate.resolve(undefined)
      while (begun < count && !isFinishing) await sleep(1)
    },
    async pause() {
      gate = Promise.withResolvers<undefined>()
      await Promise.all(underway)
    },
    async finish() {
      isFinishing = true
      gate.resolve(undefined)
      await working
    },
  }
}
