import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Client } from './support/client.ts'
import { readContract } from './support/contract.ts'
import type { Contract } from './support/contract.ts'
import { readOperations } from './support/document.ts'
import { at, isObject, toList, toObject } from './support/json.ts'
import type { JsonObject } from './support/json.ts'
import { createValidRequests, invoiceBody } from './support/requests.ts'

/** For every documented query parameter, values that its schema excludes. */
const excluded = (await readOperations()).flatMap(({ method, path, parameters }) =>
  parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }) =>
      listExcluded(schema).map((value) => ({
        method,
        path: path.replace('{contractId}', 'ctr_0002'),
        name,
        value,
      })),
    ),
)

const withJsonBody = (await readOperations())
  .filter(({ body }) => body?.mediaType === 'application/json')
  .map(({ id }) => id)

describe('bad input', () => {
  let demo: Demo
  let owner: Client
  let contract: Contract

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
    contract = await readContract()
  })

  afterAll(() => demo.close())

  it('excludes something for nearly every parameter', () => {
    expect(excluded.length).toBeGreaterThan(120)
  })

  it.each(excluded)('$path refuses $name=$value', async ({ path, name, value }) => {
    const { status, json } = await owner.get(`${path}?${name}=${encodeURIComponent(value)}`)

    expect(status).toBe(400)
    expect(at(json, 'errors', 0)).toMatchObject({ in: 'query', name })
  })

  it.each([
    ['/invoices?page=1&page=2', 'page'],
    ['/invoices?kind=sales&kind=sales', 'kind'],
    ['/invoices?status=paid&status=paid', 'status'],
    ['/invoices?status=paid,sent', 'status'],
    ['/invoices?status[]=paid', 'status[]'],
    ['/counterparties?tag=eu&tag=it', 'tag'],
    ['/counterparties?tag=eu,', 'tag'],
    ['/transactions?bankAccountId=ba_01&bankAccountId=ba_02', 'bankAccountId'],
    ['/invoices?Page=1', 'Page'],
    ['/invoices?page', 'page'],
    ['/invoices?=1', ''],
    ['/invoices?q=%', 'q'],
    ['/invoices?q=%E0%A4%A', 'q'],
    ['/invoices?%ff=1', '%ff'],
    ['/invoices?__proto__=1', '__proto__'],
    ['/invoices?constructor=1', 'constructor'],
    ['/invoices?page=1e1', 'page'],
    ['/invoices?page=1.0', 'page'],
    ['/invoices?page=%201', 'page'],
    ['/invoices?minTotal=Infinity', 'minTotal'],
    ['/invoices?issuedFrom=2026-02-30', 'issuedFrom'],
    ['/invoices?issuedFrom=2026-11-20T00:00:00Z', 'issuedFrom'],
    ['/invoices/inv_000001?organizationId=globex', 'organizationId'],
  ])('%s is refused and names the parameter', async (path, name) => {
    const { status, headers, json } = await owner.get(path)

    expect(status).toBe(400)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(at(json, 'errors', 0)).toMatchObject({ in: 'query', name })
    expect(at(json, 'detail')).toContain(`"${name}"`)
  })

  it.each(['/invoices?', '/invoices?&&', '/invoices?page=1&'])('%s is fine', async (path) => {
    expect((await owner.get(path)).status).toBe(200)
  })

  it.each(['cp_1', 'CP_0001', 'inv_000001', 'cp_0001%20', "cp_0001' OR 1=1"])(
    'the counterparty id %s has the wrong form',
    async (id) => {
      const { status, json } = await owner.get(`/counterparties/${id}`)

      expect(status).toBe(400)
      expect(at(json, 'errors', 0)).toMatchObject({ in: 'path', name: 'counterpartyId' })
    },
  )

  it.each([
    '/invoices/inv_999999',
    '/invoices/INV_000001',
    '/invoices/%zz',
    '/invoices/inv_000001%00',
    '/invoices/..%2F..%2Fme',
    "/invoices/'%20OR%201=1--",
    '/invoices/%F0%9F%9A%80',
    `/invoices/${'x'.repeat(4_000)}`,
    '/invoices/',
    '/invoices/inv_000001/',
    '/Invoices',
    '/invoices/inv_000001/lines',
    '/nowhere',
    '//invoices',
  ])('%s does not exist', async (path) => {
    const { status, headers, json } = await owner.get(path)

    expect(status).toBe(404)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(at(json, 'status')).toBe(404)
  })

  it.each([
    ['DELETE', '/invoices', 'GET, POST'],
    ['GET', '/sessions', 'POST'],
    ['PATCH', '/invoices/inv_000001', 'GET, PUT, DELETE'],
    ['GET', '/projects/prj_001', 'PUT'],
    ['OPTIONS', '/me', 'GET'],
    ['PROPFIND', '/me', 'GET'],
  ])('%s %s is not allowed', async (method, path, allow) => {
    const { status, headers, json } = await owner.send({ method, path })

    expect(status).toBe(405)
    expect(headers.get('allow')?.replace('HEAD, ', '')).toBe(allow)
    expect(at(json, 'status')).toBe(405)
  })

  it('HEAD answers like GET, without a body', async () => {
    const { status, headers, bytes } = await owner.send({ method: 'HEAD', path: '/invoices' })
    const missing = await owner.send({ method: 'HEAD', path: '/nowhere' })

    expect([status, headers.get('content-type'), bytes.length]).toEqual([
      200,
      'application/json',
      0,
    ])
    expect([missing.status, missing.bytes.length]).toEqual([404, 0])
  })

  it.each(withJsonBody)(
    '%s takes the body the document takes, and needs what it needs',
    async (id) => {
      const requests = createValidRequests(demo, owner)
      const asked = await requests[id]?.()
      if (!isObject(asked?.body)) throw new Error(`no valid body for ${id}`)
      const schema = contract.find(id).body?.schema ?? {}

      const valid = contract.judgeBody(id, asked.body)
      const refusals = await Promise.all(
        toList(schema['required'] ?? []).map(async (name) => {
          const body = Object.fromEntries(
            Object.entries(toObject(asked.body)).filter(([key]) => key !== name),
          )
          const answer = await owner.send({ ...asked, body })
          return { status: answer.status, documented: contract.judgeBody(id, body).length > 0 }
        }),
      )

      expect(valid).toEqual([])
      expect(refusals.filter(({ status, documented }) => status !== 422 || !documented)).toEqual([])
    },
  )

  it.each(withJsonBody)('%s takes the documented example', (id) => {
    const example = contract.find(id).body?.schema['example']

    expect(example === undefined ? [] : contract.judgeBody(id, example)).toEqual([])
  })

  it.each([
    ['null', null],
    ['a list', []],
    ['text', 'text'],
    ['no lines', { ...invoiceBody, lines: [] }],
    [
      'a line without a price',
      { ...invoiceBody, lines: [{ description: 'x', quantity: 1, taxGroupId: 'tg_01' }] },
    ],
    ['a quantity of zero', { ...invoiceBody, lines: [{ ...invoiceBody.lines[0], quantity: 0 }] }],
    ['a quantity as text', { ...invoiceBody, lines: [{ ...invoiceBody.lines[0], quantity: '1' }] }],
    ['a due date before the issue', { ...invoiceBody, dueDate: '2026-01-01' }],
    ['a day that does not exist', { ...invoiceBody, dueDate: '2027-02-29' }],
    ['a kind that does not exist', { ...invoiceBody, kind: 'gift' }],
    ['a counterparty that does not exist', { ...invoiceBody, counterpartyId: 'cp_9999' }],
    ['a purchase without a number', { ...invoiceBody, kind: 'purchase' }],
  ])('an invoice from %s is refused with 422', async (_name, body) => {
    const headers = { 'Content-Type': 'application/json' }
    const before = await owner.get('/invoices?pageSize=1')

    const answer = await owner.send({
      method: 'POST',
      path: '/invoices',
      headers,
      body: JSON.stringify(body),
    })

    expect(answer.status).toBe(422)
    expect(contract.judge('createInvoice', answer)).toEqual([])
    expect((await owner.get('/invoices?pageSize=1')).json).toEqual(before.json)
  })

  it.each(['', '{', '{"a":1}}', '\u0000', 'undefined'])('%j is no JSON', async (body) => {
    const headers = { 'Content-Type': 'application/json' }
    const answer = await owner.send({ method: 'POST', path: '/invoices', headers, body })

    expect(answer.status).toBe(400)
  })

  it.each([
    ['no boundary', 'multipart/form-data', 'x'],
    ['no parts', 'multipart/form-data; boundary=b', 'x'],
    [
      'no end',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1',
    ],
    [
      'no name',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--',
    ],
    ['no header', 'multipart/form-data; boundary=b', '--b\r\n1\r\n--b--'],
  ])('a form with %s is malformed', async (_name, contentType, body) => {
    const headers = { 'Content-Type': contentType }
    const answer = await owner.send({ method: 'POST', path: '/attachments', headers, body })

    expect(answer.status).toBe(400)
  })

  it.each([
    'GET /v1/invoices HTTP/1.1\r\nHost: a\r\nX-Bad: \u0001\r\n\r\n',
    'NONSENSE\r\n\r\n',
    'GET http://[::bad/v1/me HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET \\v1\\me HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET //evil.example/v1/me HTTP/1.1\r\nHost: a\r\n\r\n',
    'POST /v1/sessions HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nContent-Type: application/json\r\n\r\n{"a"',
  ])('survives %j', async (bytes) => {
    const socket = connect(demo.port, '127.0.0.1')
    socket.on('error', () => undefined)
    socket.end(bytes, 'latin1')
    socket.resume()
    await once(socket, 'close')

    expect((await owner.get('/me')).status).toBe(200)
  })
})

/** Values that a schema excludes, as they would stand in a query. */
function listExcluded(schema: JsonObject): string[] {
  const { type, format, pattern, minLength, maxLength, minimum, maximum } = schema
  if (type === 'array') return listExcluded(toObject(schema['items']))
  return [
    ...(Array.isArray(schema['enum']) ? ['nonsense', ''] : []),
    ...(type === 'boolean' ? ['yes', '1', 'TRUE', ''] : []),
    ...(type === 'integer' ? ['1.5', 'x', ''] : []),
    ...(type === 'number' ? ['x', ''] : []),
    ...(format === 'date' ? ['2026-13-01', 'today', ''] : []),
    ...(typeof pattern === 'string' ? ['~', ''] : []),
    ...(typeof minLength === 'number' ? [''] : []),
    ...(typeof maxLength === 'number' ? ['x'.repeat(maxLength + 1)] : []),
    ...(typeof minimum === 'number' ? [String(minimum - 1)] : []),
    ...(typeof maximum === 'number' ? [String(maximum + 1)] : []),
  ]
}
