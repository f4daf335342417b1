import { once } from 'node:events'
import { connect } from 'node:net'

/** An HTTP answer, read whole. */
export type Reply = { readonly status: number; readonly body: Buffer }

/** A kept connection that carries one request at a time, with as little work as can be. */
export type Connection = {
  /** @param request all of its bytes @throws {Error} where the connection breaks */
  readonly exchange: (request: Buffer) => Promise<Reply>
  /** Servers close what nobody has used for a while. */
  readonly isOpen: () => boolean
  readonly close: () => void
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LINE_END = '\r\n'
const LENGTH = /\r\ncontent-length: *(\d+)/i
const CHUNKED = /\r\ntransfer-encoding: *chunked/i

/** Opens a connection to a port of this machine. */
export async function openConnection(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  let waiting: PromiseWithResolvers<Reply> | null = null
  let chunks: Buffer[] = []
  let head: Head | null = null
  let bytes = 0

  function take(chunk: Buffer): void {
    chunks.push(chunk)
    bytes += chunk.length
    if (head === null) {
      chunks = [Buffer.concat(chunks)]
      head = readHead(chunks[0] ?? chunk)
    }
    if (head === null || (head.endsAt !== null && bytes < head.endsAt)) return
    const { status, bodyAt, endsAt } = head
    const rest = Buffer.concat(chunks)
    const body = endsAt === null ? joinChunks(rest, bodyAt) : rest.subarray(bodyAt, endsAt)
    if (body === null) {
      chunks = [rest]
      return
    }
    chunks = []
    bytes = 0
    head = null
    waiting?.resolve({ status, body })
    waiting = null
  }

  function breakOff(): void {
    socket.destroy()
    waiting?.reject(new Error('the connection broke'))
    waiting = null
  }

  socket.on('data', take)
  socket.on('error', breakOff)
  socket.on('close', breakOff)
  return {
    exchange(request) {
      const answered = Promise.withResolvers<Reply>()
      waiting = answered
      if (socket.destroyed) breakOff()
      else socket.write(request)
      return answered.promise
    },
    isOpen: () => socket.readyState === 'open',
    close: () => socket.destroy(),
  }
}

/** Where the parts of an answer are; `endsAt` is `null` where it comes in chunks. */
type Head = { readonly status: number; readonly bodyAt: number; readonly endsAt: number | null }

function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return null
  const text = bytes.toString('latin1', 0, end)
  const length = LENGTH.exec(text)?.[1]
  if (length === undefined && !CHUNKED.test(text)) {
    throw new Error(`an answer without a length: ${text}`)
  }
  const bodyAt = end + HEAD_END.length
  const endsAt = length === undefined ? null : bodyAt + Number(length)
  return { status: Number(text.slice(9, 12)), bodyAt, endsAt }
}

/** Joins a body that comes in chunks (RFC 9112, section 7.1); `null` until the last one is there. */
function joinChunks(bytes: Buffer, from: number): Buffer | null {
  const parts: Buffer[] = []
  for (let at = from; ;) {
    const lineEnd = bytes.indexOf(LINE_END, at)
    if (lineEnd === -1) return null
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const dataAt = lineEnd + LINE_END.length
    const next = dataAt + size + LINE_END.length
    if (next > bytes.length) return null
    if (size === 0) return Buffer.concat(parts)
    parts.push(bytes.subarray(dataAt, dataAt + size))
    at = next
  }
}
