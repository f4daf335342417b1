import type { ParameterizedContext } from 'koa'
import type { Identity } from '../access/identity.ts'
import type { AppError } from '../errors.ts'
import type { Exchange } from '../mcp/exchange.ts'
import type { Realm } from '../realm.ts'

/** What the chain knows of a request; each middleware fills in its part. */
export type State = {
  /** Ours, or the caller's own where it is short and plain. */
  requestId: string
  /** The request's place in a trace: our own span, or the caller's where there is none; `null` for no trace. */
  traceparent: string | null
  /** Aborted when the client leaves before the answer is written. */
  signal: AbortSignal
  /** The fixed path that answers; `null` where the router has to find one. */
  route: string | null
  /** The issuer and audience that the request's host names. */
  realm: Realm
  /** The body's bytes, once they were read. */
  body: Buffer | null
  /** The JSON-RPC message or batch in the body, once it was parsed. */
  message: unknown
  /** Why the body is no message, where it is none. */
  unreadable: AppError | null
  /** Who is calling, once they proved it. */
  identity: Identity | null
  /** The answer's body where it is bytes as characters: see `latin1.ts`; `null` otherwise. */
  latin1: string | null
  /** What became of each message; empty where none was answered. */
  exchanges: Exchange[]
}

/** The context of one HTTP request. */
export type Context = ParameterizedContext<State>

/** One link of the chain in `app.ts`. */
export type Middleware = (ctx: Context, next: () => Promise<unknown>) => Promise<unknown>
