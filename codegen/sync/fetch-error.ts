/** The document could not be fetched; the message says why, the hint what to do. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly hint: string

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}
