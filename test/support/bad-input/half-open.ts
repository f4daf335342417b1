import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What a client has sent that then falls silent. */
const BEGINNINGS = [
  '',
  'P',
  'POST /mcp HTTP/1.1\r\n',
  'POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{"jsonrpc"',
  'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
  'POST /oauth/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 90\r\n\r\na=',
  'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n',
] as const

/**
 * Opens connections that begin a request and go silent, half of them with their own side closed.
 *
 * @returns drops them all
 */
export async function openHalf(port: number, count: number): Promise<() => Promise<void>> {
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
      socket.on('error', () => undefined)
      await once(socket, 'connect')
      const text = BEGINNINGS[index % BEGINNINGS.length] ?? ''
      if (text !== '') socket.write(text)
      if (index % 2 === 1) socket.end()
      return socket
    }),
  )
  return async () => {
    await Promise.all(sockets.map(drop))
  }
}

async function drop(socket: Socket): Promise<void> {
  if (socket.closed) return
  const closed = once(socket, 'close')
  socket.resetAndDestroy()
  await closed
}
