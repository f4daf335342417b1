import { gzipSync } from 'node:zlib'
import { frame, type Framing } from './framing.ts'

/**
 * A request that may be wrong in each of its parts. Texts are bytes, one character each (latin1), so
 * that a counterexample can be read and pasted.
 */
export type BadRequest = {
  readonly method: string
  readonly target: string
  readonly version: string
  readonly headers: readonly Header[]
  readonly body: Body
  readonly framing: Framing
  readonly delivery: Delivery
}

/** A header's line. */
export type Header = readonly [name: string, value: string]

/** What is sent behind the head, small where it is printed and large where it is sent. */
export type Body =
  | { readonly kind: 'bytes'; readonly bytes: string }
  /** With blanks behind it, up to a size in bytes. */
  | { readonly kind: 'padded'; readonly bytes: string; readonly size: number }
  | { readonly kind: 'nested'; readonly open: '[' | '{"a":'; readonly levels: number }
  | { readonly kind: 'compressed'; readonly bytes: string }

/** How the bytes reach the server. */
export type Delivery =
  | { readonly kind: 'whole' }
  /** Cut at fractions of the whole, with a pause between the pieces. */
  | { readonly kind: 'dripped'; readonly cuts: readonly number[]; readonly pauseMs: number }
  /** The client is gone after a fraction of the bytes; with a reset, or as if it were done. */
  | { readonly kind: 'aborted'; readonly at: number; readonly isReset: boolean }
  /** Several times on one connection, without waiting for an answer. */
  | { readonly kind: 'pipelined'; readonly times: number }

const METHODS = new Set(['POST', 'GET', 'HEAD', 'OPTIONS', 'DELETE', 'PUT', 'PATCH', 'TRACE'])
/** Node refuses heads of more than 16 KiB. */
const MAX_HEAD_BYTES = 12_000

/** The bytes of a request, and whether somebody who keeps to HTTP would get exactly one answer to them. */
export function renderRequest(request: BadRequest): {
  readonly bytes: Buffer
  readonly isSound: boolean
} {
  const framed = frame(request.framing, renderBody(request.body))
  const headers = [...request.headers, ...framed.headers]
  const head = [
    `${request.method} ${request.target} ${request.version}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ].join('\r\n')
  const isSound =
    framed.isSound &&
    METHODS.has(request.method) &&
    request.version === 'HTTP/1.1' &&
    /^\/[\x21-\x7e]*$/.test(request.target) &&
    headers.every(isSoundHeader) &&
    headers.filter(([name]) => name.toLowerCase() === 'host').length === 1 &&
    head.length < MAX_HEAD_BYTES
  const bytes = Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), framed.payload])
  return { bytes, isSound }
}

function renderBody(body: Body): Buffer {
  switch (body.kind) {
    case 'bytes':
      return Buffer.from(body.bytes, 'latin1')
    case 'padded':
      return Buffer.from(body.bytes.padEnd(body.size, ' '), 'latin1')
    case 'nested': {
      const close = body.open === '[' ? ']' : '}'
      return Buffer.from(`${body.open.repeat(body.levels)}1${close.repeat(body.levels)}`)
    }
    case 'compressed':
      return gzipSync(Buffer.from(body.bytes, 'latin1'))
  }
}

/** Those that change what follows on the connection are not sound, even if they are allowed. */
function isSoundHeader([name, value]: Header): boolean {
  return (
    /^[A-Za-z0-9-]+$/.test(name) &&
    /^[\x20-\x7e\x80-\xff]*$/.test(value) &&
    !['expect', 'upgrade', 'connection'].includes(name.toLowerCase())
  )
}
