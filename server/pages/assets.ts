import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Middleware } from '../http/context.ts'

/** A file that pages need: its own address below `/assets/`, and where it lies. */
export type Asset = {
  readonly path: string
  readonly type: 'text/css' | 'text/javascript'
  readonly file: URL
}

/** What all pages share, and the sheet of sign-in, consent and problems. */
export const PAGE_ASSETS: readonly Asset[] = [
  sheet('pico', import.meta.resolve('@picocss/pico/css/pico.min.css')),
  sheet('theme', import.meta.resolve('./theme.css')),
  sheet('style', import.meta.resolve('./style.css')),
]

/** A style sheet at `/assets/NAME.css`. */
export function sheet(name: string, url: string): Asset {
  return { path: `/assets/${name}.css`, type: 'text/css', file: new URL(url) }
}

/** A script at `/assets/NAME.js`. */
export function script(name: string, url: string): Asset {
  return { path: `/assets/${name}.js`, type: 'text/javascript', file: new URL(url) }
}

/**
 * Serves files from memory. Any other address, and any method but GET and HEAD, is left to the next
 * middleware.
 *
 * @throws {Error} where a file cannot be read
 */
export function assets(files: readonly Asset[]): Middleware {
  const known = new Map(files.map((asset) => [asset.path, readAsset(asset)]))

  return async function assets(ctx, next) {
    const asset = known.get(ctx.path)
    if (asset === undefined || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      await next()
      return
    }
    ctx.set('Cache-Control', 'public, max-age=3600')
    ctx.set('X-Content-Type-Options', 'nosniff')
    ctx.type = asset.type
    ctx.etag = asset.etag
    ctx.status = 200
    if (ctx.fresh) ctx.status = 304
    else ctx.body = asset.bytes
  }
}

function readAsset({ type, file }: Asset) {
  const bytes = readFileSync(file)
  return { type, bytes, etag: createHash('sha256').update(bytes).digest('base64url') }
}
