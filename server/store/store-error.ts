/**
 * Why the store refused: the database does not answer, cannot be used, is not there, or was written
 * by another version; or an organization already has that tenant label.
 */
export type StoreErrorCode =
  'unreachable' | 'unusable' | 'absent' | 'newer_schema' | 'older_schema' | 'tenant_taken'

/** A failure of the store that was planned for; its message never holds a password. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreErrorCode

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
