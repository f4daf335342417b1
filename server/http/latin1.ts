import type { Context, Middleware } from './context.ts'

/** Bytes, each as a character: a large body is cheaper to make and to write so than as a buffer. */
export type Latin1 = { readonly latin1: string }

/** Answers with bytes that are given as characters; `writeLatin1` writes them. */
export function setLatin1(ctx: Context, { latin1 }: Latin1): void {
  ctx.length = latin1.length
  ctx.state.latin1 = latin1
}

/**
 * Writes what `setLatin1` has set, in one piece with its head: Koa takes every string for UTF-8. A
 * body that was set later, by whoever refused the request on the way out, goes before it.
 */
export function writeLatin1(): Middleware {
  return async function writeLatin1(ctx, next) {
    await next()
    const { latin1 } = ctx.state
    if (latin1 === null || ctx.body !== undefined || !ctx.writable) return
    ctx.respond = false
    ctx.res.end(latin1, 'latin1')
  }
}
