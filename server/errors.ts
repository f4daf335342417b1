/** Everything that may go wrong on purpose, with all that a client may learn about it. */
const FAILURES = {
  not_found: [404, 'There is nothing at this address.'],
  host_not_allowed: [403, 'The "Host" header does not name this server.'],
  origin_not_allowed: [403, 'This origin may not call the connector.'],
  method_not_allowed: [405, 'Method not allowed.'],
  unsupported_media_type: [415, 'Content-Type must be application/json, without an encoding.'],
  unsupported_form: [415, 'Content-Type must be application/x-www-form-urlencoded.'],
  body_too_large: [413, 'The request body is too large.'],
  body_incomplete: [400, 'The request body ended before its announced length.'],
  nested_too_deeply: [400, 'Invalid Request: the body nests too deeply.'],
  malformed_json: [400, 'Parse error: the body is not JSON in UTF-8.'],
  unauthorized: [401, 'The connector could not tell who is calling.'],
  organization_not_served: [403, 'This address is another organization’s.'],
  insufficient_scope: [403, 'The token does not allow this.'],
  mcp_disabled: [403, 'The connector is switched off for this organization.'],
  maintenance: [503, 'The connector is out of service for maintenance.'],
  activation_pending: [403, 'The organization waits for its activation by the operator.'],
  too_many_attempts: [429, 'Too many attempts. Try again later.'],
  overloaded: [503, 'Too many callers are being checked at once. Try again in a moment.'],
  store_unavailable: [503, 'The connector cannot reach its database. Try again in a moment.'],
  server_error: [500, 'Internal error'],
} as const satisfies Record<string, readonly [status: number, message: string]>

/** A stable name for a failure; its prose may change, this does not. */
export type ErrorCode = keyof typeof FAILURES

/** A failure that was planned for. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** What the caller can do about it, in a sentence of ours; `null` where the code says enough. */
  readonly hint: string | null

  /**
   * @param options.detail the true reason, for the log only; no client ever sees it
   * @param options.hint shown to the client: never put anything in it that came from elsewhere
   */
  constructor(code: ErrorCode, options: ErrorOptions & { detail?: string; hint?: string } = {}) {
    super(options.detail ?? code, options)
    this.code = code
    this.hint = options.hint ?? null
  }
}

/** What a client may see of an error. */
export type PublicError = {
  readonly code: ErrorCode
  readonly status: number
  readonly message: string
}

/** An error that nobody planned for becomes `server_error`, so nothing leaks by accident. */
export function publicError(error: unknown): PublicError {
  const code: ErrorCode = error instanceof AppError ? error.code : 'server_error'
  const [status, message] = FAILURES[code]
  const hint = error instanceof AppError ? error.hint : null
  return { code, status, message: hint === null ? message : `${message} ${hint}` }
}
