import { createServer, request as askUpstream } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import { portOf } from './port.ts'

/** A proxy that was asked for something. */
export type ProxiedRequest = {
  readonly method: string
  /** A host with its port for CONNECT, else a whole URL. */
  readonly target: string
  readonly authorization: string | undefined
  readonly headers: Readonly<Record<string, unknown>>
}

/** A forward proxy on this machine. */
export type ForwardProxy = {
  readonly url: string
  readonly requests: readonly ProxiedRequest[]
  /** What it answers instead of doing what it is asked; `null` does it. */
  refuseWith: number | null
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Starts it. Whatever host it is asked for, it goes to a port of this machine: names of tests are in
 * no DNS.
 */
export async function startForwardProxy(targetPort: number): Promise<ForwardProxy> {
  const requests: ProxiedRequest[] = []
  const sockets = new Set<Duplex>()
  const note = (method: string, target: string, headers: Readonly<Record<string, unknown>>) => {
    const authorization = headers['proxy-authorization']
    requests.push({
      ...{ method, target, headers },
      authorization: typeof authorization === 'string' ? authorization : undefined,
    })
  }
  const server = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming
    note(method, url, headers)
    if (proxy.refuseWith !== null) return void outgoing.writeHead(proxy.refuseWith).end()
    const { pathname, search } = new URL(url)
    const path = `${pathname}${search}`
    const onward = askUpstream({ port: targetPort, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('connect', ({ method = '', url = '', headers }, socket: Duplex) => {
    note(method, url, headers)
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    if (proxy.refuseWith !== null) {
      return void socket.end(`HTTP/1.1 ${proxy.refuseWith} Refused\r\ncontent-length: 0\r\n\r\n`)
    }
    const onward = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
    sockets.add(onward)
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise

  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    for (const socket of sockets) socket.destroy()
    await closed.promise
  }
  const proxy: ForwardProxy = {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    refuseWith: null,
    close,
    [Symbol.asyncDispose]: close,
  }
  return proxy
}
