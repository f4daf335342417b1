import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import { portOf } from './port.ts'

/** A request as it reached the upstream, with every header. */
export type ForwardedRequest = { readonly target: string; readonly headers: IncomingHttpHeaders }

/** A proxy before an upstream that shows what the connector sends, secrets and all. */
export async function startHeaderProxy(upstreamUrl: string) {
  const { hostname, port, pathname } = new URL(upstreamUrl)
  const requests: ForwardedRequest[] = []
  const server = createServer((incoming, outgoing) => {
    const { method, url: target = '', headers } = incoming
    requests.push({ target, headers })
    const onward = request({ hostname, port, method, path: target, headers })
    onward.on('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
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
  const url = `http://127.0.0.1:${portOf(server)}${pathname}`
  return { url, requests, close, [Symbol.asyncDispose]: close }
}
