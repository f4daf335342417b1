/** How a part is doing now: what `/ready` and `/metrics` show, without asking anybody. */
export type RateWindowStatus = {
  readonly backend: 'memory' | 'redis'
  /** Redis is set but away: each instance counts for itself. */
  readonly isFallback: boolean
  /** How often that began since the start. */
  readonly fallbacks: number
}

/** One upstream host's circuit breaker. */
export type BreakerStatus = {
  readonly origin: string
  readonly state: 'closed' | 'open' | 'half-open'
}

/** The way of events into the store and to the sinks. */
export type AuditStatus = {
  /** Recorded, and not yet in the store. */
  readonly pending: number
  readonly sinks: readonly SinkStatus[]
}

/** One sink. */
export type SinkStatus = {
  /** Kind and host, without path, query or user. */
  readonly name: string
  /** The last try to deliver was answered as it should be. */
  readonly isHealthy: boolean
  readonly pending: number
  /** Given up since the start, because the spool was full. */
  readonly dropped: number
}
