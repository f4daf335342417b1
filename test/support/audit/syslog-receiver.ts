import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { portOf } from '../port.ts'
import { createCertificate } from '../tls/certificate.ts'
import { createFrameReader } from './syslog-frames.ts'
import { parseSyslog, type SyslogMessage } from './parse-syslog.ts'

/** A syslog server on this machine that takes nothing but what the standards allow. */
export type SyslogReceiver = {
  readonly port: number
  /** The certificate that its own is vouched for by (PEM). */
  readonly ca: string
  readonly messages: readonly SyslogMessage[]
  /** What was wrong with what came; empty as long as all is well. */
  readonly problems: readonly string[]
  /** How many connections there were. */
  readonly countConnections: () => number
  /** Resets every connection, as a machine does that was restarted. */
  readonly reset: () => void
  /** Ends every connection in good order. */
  readonly hangUp: () => void
  /** Reads no more, and later goes on. */
  readonly pause: () => void
  readonly resume: () => void
  /** Closes the port; `listen` opens the same one again. */
  readonly away: () => Promise<void>
  readonly listen: () => Promise<void>
}

/** Starts a receiver, over TLS or in plain. */
export async function startSyslogReceiver({
  tls,
}: {
  readonly tls: boolean
}): Promise<SyslogReceiver> {
  const { cert, key } = createCertificate()
  const messages: SyslogMessage[] = []
  const problems: string[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  let isPaused = false

  function receive(socket: Socket): void {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => void sockets.delete(socket))
    socket.on('error', () => undefined)
    const read = createFrameReader()
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const frame of read(chunk)) messages.push(parseSyslog(frame))
      } catch (error) {
        problems.push(String(error))
        socket.destroy()
      }
    })
    if (isPaused) socket.pause()
  }

  const create = (): Server => {
    const server = tls ? createTlsServer({ cert, key }, receive) : createTcpServer(receive)
    server.on('tlsClientError', () => undefined)
    return server
  }
  let server = create()
  await listen(server, 0)
  const port = portOf(server)
  return {
    port,
    ca: cert,
    messages,
    problems,
    countConnections: () => connections,
    reset() {
      for (const socket of sockets) {
        if (tls) socket.destroy()
        else socket.resetAndDestroy()
      }
    },
    hangUp() {
      for (const socket of sockets) socket.end()
    },
    pause() {
      isPaused = true
      for (const socket of sockets) socket.pause()
    },
    resume() {
      isPaused = false
      for (const socket of sockets) socket.resume()
    },
    async away() {
      const closed = Promise.withResolvers<undefined>()
      server.close(() => closed.resolve(undefined))
      for (const socket of sockets) socket.destroy()
      await closed.promise
    },
    async listen() {
      server = create()
      await listen(server, port)
    },
  }
}

async function listen(server: Server, port: number): Promise<void> {
  const listening = Promise.withResolvers<undefined>()
  server.once('error', listening.reject)
  server.listen(port, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
}
