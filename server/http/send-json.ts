import type { Middleware } from './context.ts'

/** Answers with a constant, serialized once. */
export function sendJson(value: unknown): Middleware {
  const body = Buffer.from(JSON.stringify(value))
  return async function sendJson(ctx) {
    ctx.type = 'application/json'
    ctx.body = body
    return Promise.resolve()
  }
}
