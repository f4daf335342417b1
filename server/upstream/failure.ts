import type { ConnectionLoss } from './connection-loss.ts'

/** What a client may learn of an upstream failure beside its status; every text is cleaned and short. */
export type FailureFacts = {
  readonly title?: string
  readonly detail?: string
  /** Seconds until another try makes sense. */
  readonly retryAfter?: number
  /** The step of an intent that failed, and the tool that it reads with. */
  readonly step?: string
  readonly tool?: string
}

/** The upstream did not give what was asked for. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure'
  /**
   * The upstream's own HTTP status; 502 for no answer or nonsense, 504 for too slow, 503 where we do
   * not ask: too many wait, or the upstream is known to be down.
   */
  readonly status: number
  readonly facts: FailureFacts
  /** The answer was a page in HTML: by what stands before the API, more likely than by the API. */
  readonly isPage: boolean
  /** `null` where it was not the connection that failed. */
  readonly connection: ConnectionLoss | null

  /** @param reason the true reason, for the log only */
  constructor(
    status: number,
    reason: string,
    options: ErrorOptions & {
      readonly facts?: FailureFacts
      readonly isPage?: boolean
      readonly connection?: ConnectionLoss | null
    } = {},
  ) {
    super(reason, options)
    this.status = status
    this.facts = options.facts ?? {}
    this.isPage = options.isPage ?? false
    this.connection = options.connection ?? null
  }

  /** The same failure, of which more is known. */
  with(facts: FailureFacts): UpstreamFailure {
    const { status, message, isPage, connection, cause } = this
    return new UpstreamFailure(status, message, {
      ...{ isPage, connection, cause },
      facts: { ...this.facts, ...facts },
    })
  }
}

/** An argument that cannot be put into a request without changing what the request is. */
export class ArgumentRefused extends Error {
  override readonly name = 'ArgumentRefused'
  /** The parameter's name in the upstream's document; `null` where all of them together are at fault. */
  readonly parameter: string | null

  /** @param reason completes the sentence "<parameter> …", for the caller to read */
  constructor(parameter: string | null, reason: string) {
    super(reason)
    this.parameter = parameter
  }
}
