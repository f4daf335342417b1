import { createServer, request } from 'node:http'
import { credentials } from './flowtly.ts'
import { portOf } from './port.ts'

/** A proxy that adds the demo's credentials, for programs that cannot send any. It keeps `Host`. */
export async function startCredentialProxy(target: string) {
  const { hostname, port } = new URL(target)
  const server = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, ...credentials() }
    const onward = request({ hostname, port, method: incoming.method, path: incoming.url, headers })
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
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async close() {
      const closed = Promise.withResolvers<undefined>()
      server.close(() => closed.resolve(undefined))
      server.closeAllConnections()
      await closed.promise
    },
  }
}
