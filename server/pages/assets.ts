import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Middleware } from '../http/context.ts'

/**
 * Serves the style sheets of the pages from memory: `/assets/pico.css` and `/assets/style.css`. Any
 * other address, and any method but GET and HEAD, is left to the next middleware.
 *
 * @throws {Error} where a style sheet cannot be read
 */
export function assets(): Middleware {
  const sheets = new Map([
    ['/assets/pico.css', readSheet(import.meta.resolve('@picocss/pico/css/pico.min.css'))],
    ['/assets/style.css', readSheet(import.meta.resolve('./style.css'))],
  ])

  return async function assets(ctx, next) {
    const sheet = sheets.get(ctx.path)
    if (sheet === undefined || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      await next()
      return
    }
    ctx.set('Cache-Control', 'public, max-age=3600')
    ctx.set('X-Content-Type-Options', 'nosniff')
    ctx.type = 'text/css'
    ctx.etag = sheet.etag
    ctx.status = 200
    if (ctx.fresh) ctx.status = 304
    else ctx.body = sheet.bytes
  }
}

function readSheet(url: string) {
  const bytes = readFileSync(new URL(url))
  return { bytes, etag: createHash('sha256').update(bytes).digest('base64url') }
}
