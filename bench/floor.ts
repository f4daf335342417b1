import { createServer, type IncomingMessage } from 'node:http'
import { Pool } from 'undici'

// The least that a server of this kind does, on the same Node: one JSON-RPC request in, one GET to the
// upstream, its text wrapped into a result. Nobody is identified, nothing is checked, counted or
// recorded, and every answer passes as it is.
//
// usage: node bench/floor.ts PORT UPSTREAM_URL

type Arguments = Readonly<Record<string, string>>
type Call = {
  readonly id: string | number
  readonly params: { readonly name: string; readonly arguments: Arguments }
}

const [port, upstream = ''] = process.argv.slice(2)
const { origin, pathname: base } = new URL(upstream)
const pool = new Pool(origin, { connections: 64 })
const paths = new Map<string, (args: Arguments) => string>([
  ['invoices.list', (args) => `${base}/invoices?${new URLSearchParams(args).toString()}`],
  ['invoices.get', (args) => `${base}/invoices/${encodeURIComponent(args['invoiceId'] ?? '')}`],
])

createServer((request, response) => {
  answer(request)
    .then((body) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      })
      response.end(body)
    })
    .catch((error: unknown) => {
      console.error(error)
      response.writeHead(500, { 'content-length': 0 }).end()
    })
}).listen(Number(port), '127.0.0.1')

async function answer(request: IncomingMessage): Promise<string> {
  const message: unknown = JSON.parse(await readText(request))
  if (!isCall(message)) throw new Error('no call of a tool')
  const { id, params } = message
  const path = paths.get(params.name)
  if (path === undefined) throw new Error(`no tool "${params.name}"`)
  const { body } = await pool.request({ method: 'GET', path: path(params.arguments) })
  const text = await body.text()
  return JSON.stringify({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } })
}

function readText(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => resolve(Buffer.concat(chunks).toString()))
  request.on('error', reject)
  return promise
}

function isCall(message: unknown): message is Call {
  return typeof message === 'object' && message !== null && 'id' in message && 'params' in message
}
