import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Server } from 'node:net'
import { portOf } from '../port.ts'
import { createCertificate } from '../tls/certificate.ts'

/** One request, read to its end. */
export type ReceivedPost = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What a receiver does with a request: answers, never answers, or hangs up in the middle. */
export type PostReply =
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }
  | 'hang'
  | 'cut'

/** A web server on this machine that takes posts. */
export type HttpReceiver = {
  readonly origin: string
  /** The certificate that its own is vouched for by (PEM). */
  readonly ca: string
  /** Every request, taken or not, in order. */
  readonly posts: readonly ReceivedPost[]
  /** Decides from now on; 200 for everything at first. */
  readonly reply: (decide: (post: ReceivedPost) => PostReply) => void
  readonly close: () => Promise<void>
}

/** Starts a receiver, over TLS or in plain. */
export async function startHttpReceiver({ tls }: { readonly tls: boolean }): Promise<HttpReceiver> {
  const { cert, key } = createCertificate()
  const posts: ReceivedPost[] = []
  let decide: (post: ReceivedPost) => PostReply = () => ({ status: 200 })
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('error', () => undefined)
    request.on('end', () => {
      const { method = '', url = '', headers } = request
      const post = { method, url, headers, body: Buffer.concat(chunks).toString() }
      posts.push(post)
      const reply = decide(post)
      if (reply === 'cut') request.socket.destroy()
      else if (reply !== 'hang') {
        response.writeHead(reply.status, reply.headers).end(reply.body ?? '')
      }
    })
  }
  const server = tls ? createHttpsServer({ cert, key }, handle) : createHttpServer(handle)
  await listen(server)
  return {
    origin: `${tls ? 'https' : 'http'}://localhost:${portOf(server)}`,
    ca: cert,
    posts,
    reply: (chosen) => {
      decide = chosen
    },
    async close() {
      const closed = Promise.withResolvers<undefined>()
      server.close(() => closed.resolve(undefined))
      server.closeAllConnections()
      await closed.promise
    },
  }
}

async function listen(server: Server): Promise<void> {
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
}
