import { createServer } from 'node:https'
import { portOf } from '../port.ts'
import { createCertificate } from './certificate.ts'

/** What a path answers; `null` hangs up. */
export type DocumentAnswer = {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
} | null

/** A site on this machine that publishes client id metadata documents over TLS. */
export type DocumentServer = {
  readonly origin: string
  /** The certificate that its own is vouched for by (PEM). */
  readonly ca: string
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[]
  /** Says what a path answers from now on; other paths answer 404. */
  readonly publish: (path: string, answer: DocumentAnswer) => void
  readonly close: () => Promise<void>
}

/** Starts a site with nothing on it. */
export async function startDocumentServer(): Promise<DocumentServer> {
  const { cert, key } = createCertificate()
  const answers = new Map<string, DocumentAnswer>()
  const requests: string[] = []
  const server = createServer({ cert, key }, (request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    const answer = answers.get(path)
    if (answer === null) {
      request.socket.destroy()
      return
    }
    const { status = 200, headers = {}, body = '' } = answer ?? { status: 404 }
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  return {
    origin: `https://localhost:${portOf(server)}`,
    ca: cert,
    requests,
    publish: (path, answer) => void answers.set(path, answer),
    async close() {
      const closed = Promise.withResolvers<undefined>()
      server.close(() => closed.resolve(undefined))
      server.closeAllConnections()
      await closed.promise
    },
  }
}
