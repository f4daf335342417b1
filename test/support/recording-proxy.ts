import { createServer } from 'node:http'
import { portOf } from './port.ts'
import type { SecretRecord } from './secret-record.ts'

/**
 * A proxy before an upstream that notes the secrets of every exchange.
 *
 * @param answerTo what it answers itself, by path; `null` asks the upstream
 */
export async function startRecordingProxy(
  upstreamUrl: string,
  record: SecretRecord,
  answerTo: (path: string) => Response | null = () => null,
) {
  const { origin, pathname } = new URL(upstreamUrl)
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      void pass(incoming.method ?? 'GET', incoming.url ?? '/', Buffer.concat(chunks).toString())
    })

    async function pass(method: string, path: string, body: string): Promise<void> {
      const headers = new Headers()
      for (const [name, value] of Object.entries(incoming.headers)) {
        if (!['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)) {
          headers.set(name, String(value))
        }
      }
      record.noteRequest(headers, body)
      try {
        const init = { method, headers, body: body === '' ? null : body }
        const answer = answerTo(path) ?? (await fetch(`${origin}${path}`, init))
        const text = await answer.text()
        record.noteAnswer(answer.headers, text)
        const type = answer.headers.get('content-type') ?? 'text/plain'
        outgoing.writeHead(answer.status, { 'content-type': type }).end(text)
      } catch {
        outgoing.destroy()
      }
    }
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
    url: `http://127.0.0.1:${portOf(server)}${pathname}`,
    close,
    [Symbol.asyncDispose]: close,
  }
}
