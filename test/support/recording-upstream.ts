import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { portOf } from './port.ts'

/** A request as it arrived. */
export type RecordedRequest = {
  readonly method: string
  /** Path and query, exactly as they were sent. */
  readonly target: string
  /** Names in lower case. */
  readonly headers: Readonly<IncomingHttpHeaders>
  readonly body: string
}

/** An upstream that answers everything with an empty object, and remembers what it was asked. */
export type RecordingUpstream = {
  readonly origin: string
  readonly requests: readonly RecordedRequest[]
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts it on a port of this machine. */
export async function startRecordingUpstream(): Promise<RecordingUpstream> {
  const requests: RecordedRequest[] = []
  const server = createServer((request, response) => {
    const { method = '', url: target = '', headers } = request
    void text(request).then((body) => {
      requests.push({ method, target, headers, body })
      response.setHeader('content-type', 'application/json').end('{}')
    })
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise

  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    await closed.promise
  }
  return {
    origin: `http://127.0.0.1:${portOf(server)}`,
    requests,
    close,
    [Symbol.asyncDispose]: close,
  }
}
