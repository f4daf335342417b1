/** Why rows could not be reduced. */
export type ReductionReason = 'no_number' | 'no_count' | 'too_many_rows'

/** The rows are not what the intent works with; the message says what is wrong, for people to read. */
export class ReductionError extends Error {
  override readonly name = 'ReductionError'
  readonly reason: ReductionReason

  constructor(reason: ReductionReason, message: string) {
    super(message)
    this.reason = reason
  }
}
