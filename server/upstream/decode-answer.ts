import { promisify } from 'node:util'
import { brotliDecompress, brotliDecompressSync, gunzip, gunzipSync } from 'node:zlib'
import { isRecord } from '../json.ts'
import { UpstreamFailure } from './failure.ts'
import type { WireAnswer } from './transport.ts'

/** What answers may be encoded in, for `Accept-Encoding`; as they are is welcome too (RFC 9110, section 12.5.3). */
export const ACCEPTED_ENCODINGS = 'gzip, br'

type Limits = { readonly maxOutputLength: number; readonly chunkSize: number }

type Decoder = {
  readonly now: (body: Buffer, limits: Limits) => Buffer
  /** On another thread, which costs more, but holds nobody up. */
  readonly later: (body: Buffer, limits: Limits) => Promise<Buffer>
}

const GZIP: Decoder = { now: gunzipSync, later: promisify(gunzip) }
const BROTLI: Decoder = { now: brotliDecompressSync, later: promisify(brotliDecompress) }

/** By its name in `Content-Encoding`, in lower case (RFC 9110, section 8.4.1). */
const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  ['br', BROTLI],
])

/** Nobody means more than one; each costs as much as the first. */
const MAX_LAYERS = 2
/** Encoded; what is smaller is decoded in less than a millisecond. */
const LATER_BYTES = 64 * 1024
/** What JSON mostly grows by: so that it fits in one piece of memory, and in few more if it grows by more. */
const EXPANSION = 8
const MIN_CHUNK_BYTES = 1_024

/**
 * Takes the content encodings off an answer. One in an encoding that is not known is left as it is;
 * of one with a failing status, a body that cannot be decoded is left out.
 *
 * @param maxBytes of the body at every step; a larger one is `null`, as one that was not read
 * @throws {UpstreamFailure} with status 502 for a success whose body is not in its encoding
 */
export async function decodeAnswer(answer: WireAnswer, maxBytes: number): Promise<WireAnswer> {
  const decoders = findDecoders(answer.contentEncoding)
  if (decoders === null) return answer
  const { status } = answer
  let { body } = answer
  try {
    for (const decoder of decoders) body = await decode(body, decoder, maxBytes)
  } catch (error) {
    if (status >= 200 && status <= 299) throw error
    body = Buffer.alloc(0)
  }
  return { ...answer, contentEncoding: 'identity', contentLength: body?.length ?? null, body }
}

/** The last one that was applied comes first; `null` where one of them is not known, or too many are. */
function findDecoders(contentEncoding: string): readonly Decoder[] | null {
  const names = contentEncoding.split(',').map((name) => name.trim().toLowerCase())
  const layers = names.filter((name) => name !== '' && name !== 'identity').toReversed()
  const decoders = layers.flatMap((name) => DECODERS.get(name) ?? [])
  return decoders.length === layers.length && layers.length <= MAX_LAYERS ? decoders : null
}

async function decode(
  body: Buffer | null,
  decoder: Decoder,
  maxBytes: number,
): Promise<Buffer | null> {
  if (body === null || body.length === 0) return body
  const chunkSize = Math.min(Math.max(MIN_CHUNK_BYTES, body.length * EXPANSION), maxBytes)
  const options = { maxOutputLength: maxBytes, chunkSize }
  try {
    return body.length < LATER_BYTES
      ? decoder.now(body, options)
      : await decoder.later(body, options)
  } catch (error) {
    if (isRecord(error) && error['code'] === 'ERR_BUFFER_TOO_LARGE') return null
    throw new UpstreamFailure(502, 'the answer is not in its content encoding', { cause: error })
  }
}
