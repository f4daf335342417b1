/** What can be on record, by the names that sinks and filters know. */
export const AUDIT_TYPES = [
  /** One JSON-RPC message, or one HTTP request to `/mcp` that held none. */
  'mcp.request',
  'authentication.failed',
  'authorization.denied',
  'sign-in.succeeded',
  'sign-in.failed',
  /** Somebody ended their session in the console. */
  'sign-out',
  'consent.given',
  'consent.refused',
  'token.issued',
  'token.refreshed',
  'token.refused',
  /** A refresh token or a code was used a second time. */
  'token.reused',
  'token.revoked',
  'grant.ended',
  'key.created',
  'key.revoked',
  'client.registered',
  'client.created',
  'client.changed',
  'organization.added',
  'organization.changed',
  /** A tool, a namespace or the whole connector was switched off or on. */
  'switch.changed',
  'limit.changed',
  /** An organization's own text of a tool is what its members' clients are shown from now on. */
  'tool-text.published',
  /** An earlier version of it, or the generated text, is shown again. */
  'tool-text.reverted',
  'signing-key.rotated',
  /** Somebody took a copy of an organization's events. */
  'audit.exported',
  /** A sink was away for so long that its spool ran over. */
  'audit.dropped',
  /** Events older than the retention were removed. */
  'audit.pruned',
] as const

/** What happened. */
export type AuditType = (typeof AUDIT_TYPES)[number]

/**
 * How the one who acts proves who they are, by the names that sinks and filters know: `console` has
 * a session in the console, `operator` the deployment's own shell.
 */
export const AUDIT_CREDENTIALS = [
  'oauth',
  'api-key',
  'api-credentials',
  'sign-in',
  'client',
  'console',
  'operator',
] as const

/** With what somebody acted. */
export type AuditCredential = (typeof AUDIT_CREDENTIALS)[number]

/**
 * One thing that happened, as it is recorded: names and figures only. No value of an argument or a
 * result, and no secret, is ever part of it. `null` says that there was none, or that nobody knows.
 */
export type AuditEvent = {
  /** A UUID: what a receiver knows a repetition by. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly type: AuditType
  readonly outcome: 'success' | 'failure'
  readonly connector: string
  /** The upstream's id of the organization. */
  readonly organization: string | null
  /** The upstream's id of the member. */
  readonly member: string | null
  readonly clientId: string | null
  /** As it was registered, or as it calls itself: printable ASCII, at most 64 characters. */
  readonly clientName: string | null
  readonly credential: AuditCredential | null
  /** Of JSON-RPC; `other` for one that MCP does not have. */
  readonly method: string | null
  /** `namespace.action`, of the catalogue. */
  readonly tool: string | null
  /** The upstream route's template, for example `GET /invoices/{invoiceId}`. */
  readonly route: string | null
  /** Of the HTTP answer. */
  readonly httpStatus: number | null
  readonly upstreamStatus: number | null
  /** Of the JSON-RPC error; `null` for a result. */
  readonly rpcCode: number | null
  readonly durationMs: number | null
  /** Of the answer. */
  readonly bytes: number | null
  /** The caller's, as `TRUST_PROXY` lets it be known. */
  readonly address: string | null
  readonly requestId: string | null
  /** W3C Trace Context, 32 hexadecimal digits. */
  readonly traceId: string | null
  /** A stable code of ours for why, for example `mcp_disabled` or `rate_limited`. */
  readonly reason: string | null
  /** What was acted on: a grant, a key, a client, a switch; `kind:id`. */
  readonly subject: string | null
  /**
   * How many, where an event is about several: events dropped, pruned or exported; the new limit of
   * `limit.changed`, the new version of a tool's text.
   */
  readonly count: number | null
}

/** What the one who records has to say; the rest is filled in, or is `null`. */
export type AuditFact = Pick<AuditEvent, 'type' | 'outcome'> &
  Partial<Omit<AuditEvent, 'id' | 'time' | 'connector'>>
