import {
  constants,
  createSecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type SecureServerOptions,
  type ServerHttp2Session,
} from 'node:http2'
import type { Socket } from 'node:net'
import { portOf } from '../port.ts'
import { createCertificate } from './certificate.ts'

/** Answers one request, over whichever protocol it came. */
export type TlsAnswer = (request: Http2ServerRequest, response: Http2ServerResponse) => void

/** An upstream over TLS that offers HTTP/2 and HTTP/1.1. */
export type TlsUpstream = {
  readonly origin: string
  readonly port: number
  /** The certificate that its own is vouched for by (PEM). */
  readonly ca: string
  /** What it does with every request; an empty list by default. */
  answer: TlsAnswer
  /** Protocol, method and target of each request, for example `2.0 GET /`. */
  readonly requests: string[]
  /** Connections that are open now. */
  readonly open: ReadonlySet<Socket>
  /** How many connections there were. */
  readonly connections: () => number
  /** Ends every connection in good order, as a server that is replaced does. */
  readonly retire: () => void
  readonly close: () => Promise<void>
}

/** Starts it on a port of this machine. */
export async function startTlsUpstream(options: SecureServerOptions = {}): Promise<TlsUpstream> {
  const { cert, key } = createCertificate()
  const open = new Set<Socket>()
  const sessions = new Set<ServerHttp2Session>()
  let connections = 0
  const server = createSecureServer(
    { cert, key, allowHTTP1: true, ...options },
    (request, response) => {
      response.on('error', () => undefined)
      upstream.requests.push(`${request.httpVersion} ${request.method} ${request.url}`)
      upstream.answer(request, response)
    },
  )
  server.on('secureConnection', (socket) => {
    connections += 1
    open.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.on('error', () => undefined)
    session.on('close', () => sessions.delete(session))
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise

  const port = portOf(server)
  const upstream: TlsUpstream = {
    origin: `https://localhost:${port}`,
    port,
    ca: cert,
    answer(_request, response) {
      response.setHeader('content-type', 'application/json')
      response.end('{"data":[]}')
    },
    requests: [],
    open,
    connections: () => connections,
    retire() {
      for (const session of sessions) session.close()
    },
    async close() {
      const closed = Promise.withResolvers<undefined>()
      server.close(() => closed.resolve(undefined))
      for (const session of sessions) session.destroy()
      for (const socket of open) socket.destroy()
      await closed.promise
    },
  }
  return upstream
}

/** Ends one answer wherever it is; over HTTP/1.1, that takes the connection. */
export function breakOff({ httpVersion }: Http2ServerRequest, response: Http2ServerResponse): void {
  if (httpVersion === '2.0') response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  else response.socket.destroy()
}

/** Ends the connection of one answer, with all that is on it. */
export function hangUp({ httpVersion }: Http2ServerRequest, response: Http2ServerResponse): void {
  if (httpVersion === '2.0') response.stream.session?.destroy()
  else response.socket.destroy()
}
