import { randomUUID } from 'node:crypto'
import type { Middleware } from './context.ts'

/** A caller's id is taken only if it can stand in a log line and a header as it is. */
const PLAIN_ID = /^[A-Za-z0-9._-]{1,64}$/

/** Gives every request an id, and every answer its `X-Request-Id`; also prepares the state of the chain. */
export function requestId(): Middleware {
  return function requestId(ctx, next) {
    const given = ctx.get('x-request-id')
    ctx.state.requestId = PLAIN_ID.test(given) ? given : randomUUID()
    ctx.state.route = null
    ctx.state.body = null
    ctx.state.message = null
    ctx.state.unreadable = null
    ctx.state.identity = null
    ctx.state.latin1 = null
    ctx.state.exchanges = []
    ctx.set('X-Request-Id', ctx.state.requestId)
    return next()
  }
}
