import { once } from 'node:events'
import { Agent, createServer, request as forward } from 'node:http'
import { demoAccess } from '../../demo/access.ts'
import { startDemo } from '../../demo/server.ts'
import { isRecord } from '../../server/json.ts'
import { SIZES } from './sizes.ts'

// The upstream of the comparison: what is called in it is answered from memory, with invoices of the
// demo; all else, such as signing in, is the demo's. `/asked` says how often it was called.
//
// usage: node bench/compare/upstream.ts PORT

const INVOICES = '/v1/invoices'
const PAGE_SIZE = 100

const demo = await startDemo({ rateLimitPerMinute: Infinity })
const invoices = await readInvoices()
const small = buildAnswer(SIZES.small)
const large = buildAnswer(SIZES.large)
/** How often invoices were asked for, by the first word of who asks. */
const asked = new Map<string, number>()
const agent = new Agent({ keepAlive: true })

const server = createServer((request, response) => {
  const { url = '', method, headers } = request
  if (url === '/asked') {
    response.end(JSON.stringify(Object.fromEntries(asked)))
    return
  }
  if (url.startsWith(INVOICES)) {
    const [program = ''] = headers['user-agent']?.split(/[ /]/, 1) ?? []
    asked.set(program, (asked.get(program) ?? 0) + 1)
    const bytes = url.includes('large') ? large : small
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': bytes.length,
    })
    response.end(bytes)
    return
  }
  const passed = forward(new URL(url, demo.url), { method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  passed.on('error', () => response.destroy())
  request.pipe(passed)
})
// Longer than anybody waits between two requests.
server.keepAliveTimeout = 600_000
server.listen(Number(process.argv[2]), '127.0.0.1')
await once(server, 'listening')

/** The demo's newest invoices, over and over, until they have so many bytes. */
function buildAnswer(bytes: number): Buffer {
  const data: string[] = []
  for (let index = 0, length = 0; length < bytes; index += 1) {
    const invoice = invoices[index % invoices.length] ?? ''
    data.push(invoice)
    length += Buffer.byteLength(invoice)
  }
  const pagination = { page: 1, pageSize: data.length, total: data.length, pages: 1 }
  return Buffer.from(`{"data":[${data.join()}],"pagination":${JSON.stringify(pagination)}}`)
}

async function readInvoices(): Promise<readonly string[]> {
  const { key, secret } = demoAccess.credentials.acme
  const response = await fetch(`${demo.url}/invoices?pageSize=${PAGE_SIZE}`, {
    headers: {
      'X-Api-Key': key,
      'X-Api-Secret': secret,
      'X-User-Email': demoAccess.emails.acmeOwner,
    },
  })
  const body: unknown = await response.json()
  const data: unknown = isRecord(body) ? body['data'] : null
  if (!Array.isArray(data)) throw new Error(`no invoices: ${response.status}`)
  return data.map((invoice) => JSON.stringify(invoice))
}
