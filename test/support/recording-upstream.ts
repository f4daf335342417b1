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

/** An upstream that answers with an empty object, and remembers what it was asked. */
export type RecordingUpstream = {
  readonly origin: string
  readonly requests: readonly RecordedRequest[]
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Starts it on a port of this machine.
 *
 * @param known questions by their path that have another answer, and are not remembered
 */
export async function startRecordingUpstream(
  known: readonly { readonly path: string; readonly body: unknown }[] = [],
): Promise<RecordingUpstream> {
  const requests: RecordedRequest[] = []
  const server = createServer((request, response) => {
    const { method = '', url: target = '', headers } = request
    void text(request).then((body) => {
      const answer = known.find(({ path }) => path === target)
      if (answer === undefined) requests.push({ method, target, headers, body })
      const json = JSON.stringify(answer?.body ?? {})
      response.setHeader('content-type', 'application/json').end(json)
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
