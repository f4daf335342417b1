import type { WireAnswer, WireRequest } from './transport.ts'

/** One request on its way to the wire, with what those on the way go by. */
export type UpstreamCall = WireRequest & {
  /**
   * Whose share of the upstream it uses: an organization's, or that of everybody who asks without a
   * token; `null` while somebody signs in.
   */
  readonly share: string | null
  /** Who may be given the same answer as somebody who asks the same; `null` is nobody. */
  readonly reader: string | null
  /** Whether the upstream may be asked twice for it. */
  readonly isRepeatable: boolean
  /** When it must have ended, in milliseconds of the steady clock. */
  readonly deadlineAt: number
}

/**
 * Carries calls to the upstream. Each kind of care is one that wraps the next; the last is the wire
 * itself.
 */
export interface Carrier {
  /**
   * @throws {UpstreamFailure} when there is no answer
   * @throws the signal's reason when it aborts
   */
  exchange(call: UpstreamCall): Promise<WireAnswer>
}
