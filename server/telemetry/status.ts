/** How a part is doing now: what `/ready` and `/metrics` show, without asking anybody. */
export type RateWindowStatus = {
  readonly backend: 'memory' | 'redis'
  /** Redis is set but away: each instance counts for itself. */
  readonly isFallback: boolean
  /** How often that began since the start. */
  readonly fallbacks: number
}

/** How the upstream is doing, as far as calls to it have shown. */
export type UpstreamStatus = {
  /** Of every origin that was called since the start. */
  readonly breakers: readonly BreakerStatus[]
  /** When it last answered, whatever it answered, in milliseconds since the epoch; `null` for never. */
  readonly lastAnswerAt: number | null
  /** Calls that wait for their organization's turn. */
  readonly waiting: number
  /** Tries beside the first of a call, since the start. */
  readonly retries: number
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
  /** The disk takes events; while it does not, on a full one for example, they wait in memory. */
  readonly isSpoolWritable: boolean
  /** Recorded since the start, and neither in the store nor on the disk: there was no room for them. */
  readonly lost: number
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

/** The store, as a question to it a moment ago was answered. */
export type StoreStatus = {
  readonly isUp: boolean
  /** How long the answer took; where there was none, how long it was waited for. */
  readonly latencyMs: number
}

/** Where traces go. */
export type ExporterStatus = {
  /** The last batch was taken. */
  readonly isHealthy: boolean
  /** Spans that no collector has taken since the start. */
  readonly lost: number
}

/** How each part is asked. What a deployment does not have is `null`. */
export type StatusSources = {
  readonly store: () => Promise<StoreStatus>
  readonly rateWindow: (() => RateWindowStatus) | null
  readonly upstream: (() => UpstreamStatus) | null
  readonly audit: (() => AuditStatus) | null
  readonly isInMaintenance: (() => boolean) | null
  readonly exporter: (() => ExporterStatus) | null
}
