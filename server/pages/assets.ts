import { readFileSync } from 'node:fs'
import type { Middleware } from '../http/context.ts'
import { encodeBody, sendEncoded } from '../http/encoded-body.ts'

/** A file that pages need: its own address below `/assets/`, and where it lies. */
export type Asset = {
  readonly path: string
  readonly type: 'text/css' | 'text/javascript'
  /** Sent one after the other, as one. */
  readonly files: readonly URL[]
}

/** What all pages share, and the sheet of sign-in, consent and problems. */
export const PAGE_ASSETS: readonly Asset[] = [
  sheet('pico', import.meta.resolve('@picocss/pico/css/pico.min.css')),
  sheet('theme', import.meta.resolve('./theme.css')),
  sheet('style', import.meta.resolve('./style.css')),
]

/** A style sheet at `/assets/NAME.css`, of one file or several. */
export function sheet(name: string, ...urls: readonly string[]): Asset {
  return { path: `/assets/${name}.css`, type: 'text/css', files: urls.map((url) => new URL(url)) }
}

/** A script at `/assets/NAME.js`. */
export function script(name: string, url: string): Asset {
  return { path: `/assets/${name}.js`, type: 'text/javascript', files: [new URL(url)] }
}

/**
 * Serves files from memory. Any other address, and any method but GET and HEAD, is left to the next
 * middleware.
 *
 * @throws {Error} where a file cannot be read
 */
export function assets(known: readonly Asset[]): Middleware {
  const bodies = new Map(
    known.map((asset) => [asset.path, encodeBody(asset.type, readAsset(asset))]),
  )

  return function assets(ctx, next) {
    const body = bodies.get(ctx.path)
    if (body === undefined || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) return next()
    ctx.set('Cache-Control', 'public, max-age=3600')
    sendEncoded(ctx, body)
    return Promise.resolve()
  }
}

/** All that an asset is. @throws {Error} where a file cannot be read */
export function readAsset({ files }: Asset): Buffer {
  return Buffer.concat(files.map((file) => readFileSync(file)))
}
