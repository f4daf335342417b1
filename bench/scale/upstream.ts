import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { isRecord } from '../../server/json.ts'
import { parseCredential, parseEmail, toCredential, toEmail, type Person } from './person.ts'

// An upstream in a process of its own, which costs little: it knows everybody, and a record has as
// many kilobytes as its id says.
//
// usage: node bench/scale/upstream.ts PORT

type Answer = { readonly status: number; readonly parts: readonly (Buffer | string)[] }

const KILOBYTE = 1024
const KEEP_ALIVE_MS = 60_000
const LINE = JSON.stringify({ name: 'Consulting "on site"', quantity: 3, price: 120.5, tax: 23 })
const FRAME = '"lines":[],"note":""}'
const RECORD = /^\/v1\/invoices\/kb-(\d+)$/

const rests = new Map<number, string>()
const server = createServer((request, response) => {
  answer(request)
    .catch(() => json(500, {}))
    .then(({ status, parts }) => {
      const length = parts.reduce((sum, part) => sum + part.length, 0)
      response.writeHead(status, { 'content-type': 'application/json', 'content-length': length })
      for (const part of parts) response.write(part)
      response.end()
    })
    .catch(console.error)
})
server.keepAliveTimeout = KEEP_ALIVE_MS
server.listen(Number(process.argv[2]), '127.0.0.1')

async function answer(request: IncomingMessage): Promise<Answer> {
  const [path = ''] = (request.url ?? '').split('?')
  if (path === '/v1/sessions') return signIn(await text(request))
  const person = parseCredential(request.headers.authorization ?? '')
  if (person === null) return json(401, {})
  if (path === '/v1/me') return json(200, toMember(person))
  if (path === '/v1/me/organizations') return json(200, { data: [toOrganization(person)] })
  // Whose credential it is and for which organization must not be mixed up on the way.
  if (request.headers['x-organization-id'] !== person.organization) return json(403, {})
  if (path === '/v1/invoices') return json(200, toList(person))
  const kilobytes = RECORD.exec(path)?.[1]
  return kilobytes === undefined ? json(404, {}) : record(person, Number(kilobytes) * KILOBYTE)
}

function signIn(body: string): Answer {
  const form: unknown = JSON.parse(body)
  const person = isRecord(form) ? parseEmail(String(form['email'])) : null
  if (person === null) return json(401, {})
  const token = toCredential(person)
  return json(201, { token, refreshToken: token, member: toMember(person) })
}

/** Whom it is for comes first, then as many lines as fill the size. */
function record({ organization, member }: Person, bytes: number): Answer {
  const whose = `{"organizationId":"${organization}","memberId":"${member}",`
  const length = bytes - whose.length
  const rest = rests.get(length) ?? fill(length)
  rests.set(length, rest)
  return { status: 200, parts: [whose, rest] }
}

function fill(length: number): string {
  const count = Math.floor((length - FRAME.length + 1) / (LINE.length + 1))
  const lines = Array.from({ length: count }, () => LINE).join(',')
  const note = '.'.repeat(length - FRAME.length - lines.length)
  return `"lines":[${lines}],"note":"${note}"}`
}

/** Some 2 KB, of which the connector shows the columns. */
function toList({ organization, member }: Person) {
  const data = ['inv_1', 'inv_2', 'inv_3'].map((id) => ({
    ...{ id, number: id, kind: 'sales', status: 'sent', currency: 'EUR' },
    counterparty: { id: member, name: organization },
    ...{ issueDate: '2026-01-31', dueDate: '2026-02-28', net: 100, tax: 23, total: 123 },
    ...{ outstanding: 123, overdue: false, notes: 'Consulting on site. '.repeat(20) },
  }))
  return { data, pagination: { page: 1, pageSize: 25, totalItems: 3, totalPages: 1 } }
}

function toMember(person: Person) {
  return { id: person.member, email: toEmail(person), name: person.member, locale: 'en' }
}

function toOrganization({ organization: id }: Person) {
  return { id, name: `Organization ${id}`, role: 'admin' }
}

function json(status: number, value: unknown): Answer {
  return { status, parts: [JSON.stringify(value)] }
}
