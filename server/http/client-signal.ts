import type { Middleware } from './context.ts'

/** Gives every request a signal that is aborted when its client leaves before the answer is written. */
export function clientSignal(): Middleware {
  return async function clientSignal(ctx, next) {
    const gone = new AbortController()
    ctx.res.once('close', () => {
      if (!ctx.res.writableFinished) gone.abort()
    })
    ctx.state.signal = gone.signal
    await next()
  }
}
