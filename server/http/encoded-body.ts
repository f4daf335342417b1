import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Context } from './context.ts'

/** A body that is sent again and again, in the encoding that each client likes best. */
export type EncodedBody = {
  readonly type: string
  /** Of the bytes as they are; each encoding has a tag of its own (RFC 9110, section 8.8.3). */
  readonly tag: string
  /** Of the bytes as they are. */
  readonly length: number
  /** Compresses when it is first asked for, and never again. */
  readonly bytesIn: (encoding: Encoding) => Buffer
}

type Encoding = 'br' | 'gzip' | 'identity'

/** Beyond this, a better quality costs more time than it saves bytes. */
const QUALITY = { br: 6, gzip: 6 }

/** Prepares a body for all who will ask for it. */
export function encodeBody(type: string, bytes: Buffer): EncodedBody {
  const made = new Map<Encoding, Buffer>([['identity', bytes]])
  return {
    type,
    tag: createHash('sha256').update(bytes).digest('base64url'),
    length: bytes.length,
    bytesIn(encoding) {
      const known = made.get(encoding)
      if (known !== undefined) return known
      const compressed =
        encoding === 'br' ? compress(bytes) : gzipSync(bytes, { level: QUALITY.gzip })
      made.set(encoding, compressed)
      return compressed
    },
  }
}

/**
 * Answers with a body in the encoding that the client likes best, or with 304 where it has it already.
 * The caller says how long it may be kept.
 *
 * @param options.status 200 by default; anything but success is never answered with 304
 */
export function sendEncoded(
  ctx: Context,
  { type, tag, bytesIn }: EncodedBody,
  { status = 200 }: { readonly status?: number } = {},
): void {
  const encoding = chooseEncoding(ctx)
  ctx.vary('Accept-Encoding')
  ctx.set('X-Content-Type-Options', 'nosniff')
  ctx.etag = encoding === 'identity' ? tag : `${tag}-${encoding}`
  ctx.type = type
  ctx.status = status
  if (ctx.fresh) {
    ctx.status = 304
    return
  }
  if (encoding !== 'identity') ctx.set('Content-Encoding', encoding)
  ctx.body = bytesIn(encoding)
}

function compress(bytes: Buffer): Buffer {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: QUALITY.br,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  return brotliCompressSync(bytes, { params })
}

function chooseEncoding(ctx: Context): Encoding {
  const wished = ctx.acceptsEncodings('br', 'gzip', 'identity')
  return wished === 'br' || wished === 'gzip' ? wished : 'identity'
}
