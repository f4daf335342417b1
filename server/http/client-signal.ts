import type { Middleware } from './context.ts'

/** Gives every request a signal that is aborted when its client leaves before the answer is written. */
export function clientSignal(): Middleware {
  return function clientSignal(ctx, next) {
    const gone = new AbortController()
    ctx.res.on('close', () => {
      if (!ctx.res.writableFinished) gone.abort()
    })
    ctx.state.signal = gone.signal
    return next()
  }
}
