import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { Pool } from 'undici'

// The least that a server of this kind does, on the same Node: one JSON-RPC request in, one GET to the
// upstream, its text wrapped into a result. Nobody is identified, nothing is checked, counted or
// recorded, and every answer passes as it is. Or one request for the list of tools, which is written
// anew each time.
//
// usage: node bench/floor.ts PORT UPSTREAM_URL [TOOLS.json]

type Arguments = Readonly<Record<string, string>>
type Call = { readonly name: string; readonly arguments: Arguments }
type Message = { readonly id: string | number; readonly method: string; readonly params: Call }

const [port, upstream = '', toolsFile] = process.argv.slice(2)
const tools: unknown = toolsFile === undefined ? [] : JSON.parse(readFileSync(toolsFile, 'utf8'))
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
  if (!isMessage(message)) throw new Error('no message')
  const { id, method, params } = message
  const result = method === 'tools/list' ? { tools } : await call(params)
  return JSON.stringify({ jsonrpc: '2.0', id, result })
}

async function call({ name, arguments: args }: Call) {
  const path = paths.get(name)
  if (path === undefined) throw new Error(`no tool "${name}"`)
  const { body } = await pool.request({ method: 'GET', path: path(args) })
  return { content: [{ type: 'text', text: await body.text() }] }
}

function readText(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => resolve(join(chunks).toString()))
  request.on('error', reject)
  return promise
}

function join(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks)
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && 'method' in value && 'params' in value
}
