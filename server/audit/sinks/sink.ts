import type { SealedEvent } from '../sealed-event.ts'

/** A receiver of audit events. It is given one batch at a time. */
export interface Sink {
  /**
   * Resolves once the receiver has the batch, as far as its protocol tells. A batch that failed
   * comes again, whole.
   *
   * @param signal ends the try
   * @throws {SinkFailure} when the receiver cannot be reached or does not take it
   */
  deliver(batch: readonly SealedEvent[], signal: AbortSignal): Promise<Delivered>
  /** Ends connections, in bounded time. */
  close(): Promise<void>
}

/** What became of a batch. */
export type Delivered = {
  /** Events that the receiver will never take: it said so, and they are not sent again. */
  readonly refused: number
}

/** All of it was taken. */
export const DELIVERED: Delivered = { refused: 0 }

/** A receiver did not take a batch. */
export class SinkFailure extends Error {
  override readonly name = 'SinkFailure'
  /** For the log: a short code that holds nothing of a URL, a header or an answer. */
  readonly reason: string
  /** How long the receiver asks to be left alone; `null` where it says nothing. */
  readonly retryAfterMs: number | null
  /** A smaller batch may get through. */
  readonly isTooLarge: boolean

  constructor(
    reason: string,
    options: ErrorOptions & {
      readonly retryAfterMs?: number | null
      readonly isTooLarge?: boolean
    } = {},
  ) {
    super(reason, options)
    this.reason = reason
    this.retryAfterMs = options.retryAfterMs ?? null
    this.isTooLarge = options.isTooLarge ?? false
  }
}

/** Why a delivery failed, for the log: messages of libraries may quote a URL, their codes do not. */
export function reasonOf(error: unknown): string {
  if (error instanceof SinkFailure) return error.reason
  if (typeof error !== 'object' || error === null) return 'unknown'
  const code: unknown = Reflect.get(error, 'code')
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code)) return code
  const name: unknown = Reflect.get(error, 'name')
  return name === 'TimeoutError' ? 'timeout' : 'unknown'
}
