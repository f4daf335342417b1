import { connect, createServer, type Socket } from 'node:net'
import { portOf } from './port.ts'

/** A line between a client and a service that a test cuts, stalls and mends. */
export type TcpLink = {
  readonly host: '127.0.0.1'
  readonly port: number
  /** The same URL, by way of the link. */
  readonly through: (url: string) => string
  /** Ends every connection and refuses new ones, as a service that is down does. */
  readonly cut: () => Promise<void>
  /** Keeps every connection, old and new, and lets nothing through, as a machine that is gone does. */
  readonly stall: () => void
  /** Lets all through again; what was held back comes first. */
  readonly mend: () => Promise<void>
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Opens a link to a service on this machine, for example `redis://127.0.0.1:6379` or a database's URL. */
export async function openTcpLink(target: string): Promise<TcpLink> {
  const { hostname, port: targetPort } = new URL(target)
  const open = new Set<Socket>()
  let isStalled = false

  function connectThrough(client: Socket): void {
    const service = connect(Number(targetPort), hostname)
    for (const [from, to] of [
      [client, service],
      [service, client],
    ] as const) {
      open.add(from)
      from.on('data', (chunk) => void to.write(chunk))
      from.on('error', () => from.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      if (isStalled) from.pause()
    }
  }

  let server = createServer(connectThrough)
  await listen(0)
  const port = portOf(server)

  function listen(at: number): Promise<undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>()
    server.once('error', reject)
    server.listen(at, '127.0.0.1', () => resolve(undefined))
    return promise
  }

  async function cut(): Promise<void> {
    if (!server.listening) return
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    for (const socket of open) socket.destroy()
    await closed.promise
  }

  return {
    host: '127.0.0.1',
    port,
    through(url) {
      const changed = new URL(url)
      changed.host = `127.0.0.1:${port}`
      return changed.href
    },
    cut,
    stall() {
      isStalled = true
      for (const socket of open) socket.pause()
    },
    async mend() {
      isStalled = false
      for (const socket of open) socket.resume()
      if (server.listening) return
      server = createServer(connectThrough)
      await listen(port)
    },
    close: cut,
    [Symbol.asyncDispose]: cut,
  }
}
