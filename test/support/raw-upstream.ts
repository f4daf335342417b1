import { createServer, type Socket } from 'node:net'
import { portOf } from './port.ts'

/** Answers one connection's request by writing bytes; `head` is the request's head. */
export type RawAnswer = (socket: Socket, head: string) => void

/** An upstream that speaks HTTP byte by byte, so that it can speak it wrong. */
export type RawUpstream = {
  readonly url: string
  /** What it does with every request but those for the caller's profile and organizations. */
  answer: RawAnswer
  /** Waited for before a question for profile or organizations is answered. */
  beforeKnown: () => Promise<void>
  /** The request lines it has seen, without those for profile and organizations. */
  readonly requests: string[]
  /** Sockets that are open now. */
  readonly open: ReadonlySet<Socket>
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts it on a port of this machine; the owner of `acme` may sign in. */
export async function startRawUpstream(): Promise<RawUpstream> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    let head = ''
    socket.on('data', (chunk) => {
      head += chunk.toString('latin1')
      if (!head.includes('\r\n\r\n')) return
      const whole = head
      head = ''
      const known = KNOWN.find(({ path }) => whole.startsWith(`GET ${path} `))
      if (known !== undefined) {
        return void upstream.beforeKnown().then(() => writeJson(socket, known.body))
      }
      upstream.requests.push(whole.split('\r\n')[0] ?? '')
      upstream.answer(socket, whole)
    })
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise

  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    for (const socket of open) socket.destroy()
    await closed.promise
  }
  const upstream: RawUpstream = {
    url: `http://127.0.0.1:${portOf(server)}/v1`,
    answer: (socket) => writeJson(socket, { data: [] }),
    beforeKnown: () => Promise.resolve(),
    requests: [],
    open,
    close,
    [Symbol.asyncDispose]: close,
  }
  return upstream
}

/** Writes a whole answer. */
export function write(
  socket: Socket,
  status: string,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): void {
  const lines = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${head}\r\n`), Buffer.from(body)]))
}

/** Writes a JSON answer. */
export function writeJson(socket: Socket, body: unknown): void {
  write(socket, '200 OK', { 'content-type': 'application/json' }, JSON.stringify(body))
}

/** What it says of whoever calls: the owner of `acme`. */
export const KNOWN = [
  { path: '/v1/me', body: { id: 'm1', email: 'owner@acme.example', name: 'Olga' } },
  {
    path: '/v1/me/organizations',
    body: { data: [{ id: 'acme', name: 'Acme', role: 'owner' }] },
  },
]
