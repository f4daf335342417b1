/** How a request ended, as its client saw it. */
export type Outcome =
  | 'right'
  /** Refused for a reason that a client understands and can act on. */
  | 'rate limited'
  | 'switched off'
  | 'busy'
  | 'unavailable'
  /** The proxy says that an instance went away, or the connection broke. */
  | 'no answer'
  | 'wrong'

/** One HTTP request of the load. */
export type Entry = {
  readonly kind: string
  /** `organization:member` for calls; a connection otherwise. */
  readonly who: string
  readonly requestId: string
  /** Milliseconds since the epoch. */
  readonly sentAt: number
  readonly endedAt: number
  /** JSON-RPC requests in it. */
  readonly messages: number
  readonly outcome: Outcome
  /** What was wrong. */
  readonly detail: string
}

/** All that was asked and how it ended. */
export type Ledger = {
  readonly entries: readonly Entry[]
  readonly note: (entry: Entry) => void
  /** A name for a request that the servers take over into their records. */
  readonly nextId: () => string
}

/** Makes an empty ledger. */
export function createLedger(): Ledger {
  const entries: Entry[] = []
  let count = 0
  return {
    entries,
    note: (entry) => void entries.push(entry),
    nextId: () => `bench-${(count += 1)}`,
  }
}
