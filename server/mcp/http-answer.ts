import type { Latin1 } from '../http/latin1.ts'

/** An HTTP answer that is ready to be written. */
export type HttpAnswer = {
  readonly status: number
  readonly contentType: string | null
  /** Text, or its bytes in UTF-8. */
  readonly body: string | Buffer | Latin1
  /** Of the JSON-RPC error that it is; `null` where it is none, or a batch. */
  readonly code: number | null
}

/** How many bytes a body has. */
export function byteLengthOf(body: HttpAnswer['body']): number {
  if (typeof body === 'string' || Buffer.isBuffer(body)) return Buffer.byteLength(body)
  return body.latin1.length
}

/** A body as text. */
export function toText(body: HttpAnswer['body']): string {
  if (typeof body === 'string') return body
  return (Buffer.isBuffer(body) ? body : Buffer.from(body.latin1, 'latin1')).toString()
}
