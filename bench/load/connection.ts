import { once } from 'node:events'
import { connect } from 'node:net'

/** An HTTP answer, read whole. */
export type Reply = { readonly status: number; readonly body: Buffer }

/** A kept connection that carries one request at a time, with as little work as can be. */
export type Connection = {
  /** @param request all of its bytes @throws {Error} where the connection breaks */
  readonly exchange: (request: Buffer) => Promise<Reply>
  readonly close: () => void
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: *(\d+)/i

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
    if (head === null || bytes < head.endsAt) return
    const body = Buffer.concat(chunks).subarray(head.bodyAt, head.endsAt)
    const { status } = head
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
    close: () => socket.destroy(),
  }
}

/** Where the parts of an answer are. */
type Head = { readonly status: number; readonly bodyAt: number; readonly endsAt: number }

function readHead(bytes: Buffer): Head | null {
  const end = bytes.indexOf(HEAD_END)
  if (end === -1) return null
  const text = bytes.toString('latin1', 0, end)
  const length = LENGTH.exec(text)?.[1]
  if (length === undefined) throw new Error(`an answer without a length: ${text}`)
  const bodyAt = end + HEAD_END.length
  return { status: Number(text.slice(9, 12)), bodyAt, endsAt: bodyAt + Number(length) }
}
