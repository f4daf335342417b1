import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Client } from './support/client.ts'
import { clearRequests, readRequests, setFaults } from './support/control.ts'
import { at } from './support/json.ts'

describe('the fault switch', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterEach(() => setFaults(demo, []))

  afterAll(() => demo.close())

  it('delays an answer and then gives the real one', async () => {
    await setFaults(demo, { kind: 'delay', delayMs: 120 })
    const start = performance.now()

    const { status } = await owner.get('/invoices')

    expect(status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(100)
  })

  it('resets the connection before an answer', async () => {
    await setFaults(demo, { kind: 'reset' })

    const failure = owner.get('/invoices')

    await expect(failure).rejects.toMatchObject({ cause: { code: expect.any(String) } })
  })

  it('resets the connection in the middle of an answer', async () => {
    await setFaults(demo, { kind: 'reset-mid-body' })

    const response = await fetch(`${demo.url}/invoices`)

    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toMatchObject({ message: expect.any(String) })
  })

  it('answers any error status', async () => {
    await setFaults(demo, { kind: 'status', status: 502, retryAfter: 7 })

    const { status, headers, json } = await owner.get('/invoices')

    expect(status).toBe(502)
    expect(headers.get('retry-after')).toBe('7')
    expect(json).toMatchObject({ title: 'Bad Gateway', status: 502 })
  })

  it('answers 503 when no status is named', async () => {
    await setFaults(demo, { kind: 'status' })

    expect((await owner.get('/invoices')).status).toBe(503)
  })

  it('answers an HTML page with what must not leak', async () => {
    await setFaults(demo, { kind: 'html-500' })

    const { status, headers, bytes } = await owner.get('/invoices')

    expect(status).toBe(500)
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(new TextDecoder().decode(bytes)).toContain('10.0.3.7')
  })

  it('answers JSON that is cut off', async () => {
    await setFaults(demo, { kind: 'broken-json' })

    const { status, headers, json } = await owner.get('/invoices')

    expect([status, headers.get('content-type'), json]).toEqual([
      200,
      'application/json',
      undefined,
    ])
  })

  it('redirects', async () => {
    await setFaults(demo, { kind: 'redirect', status: 307, location: 'http://169.254.169.254/' })

    const { status, headers } = await owner.get('/invoices')

    expect([status, headers.get('location')]).toEqual([307, 'http://169.254.169.254/'])
  })

  it.each([
    ['seconds', 30, '30'],
    ['a date', 'Fri, 20 Nov 2026 12:00:00 GMT', 'Fri, 20 Nov 2026 12:00:00 GMT'],
    ['nonsense', 'soon', 'soon'],
    ['nothing', undefined, '1'],
  ])('limits the rate with %s in Retry-After', async (_name, retryAfter, header) => {
    await setFaults(demo, { kind: 'rate-limit', retryAfter })

    const { status, headers } = await owner.get('/invoices')

    expect([status, headers.get('retry-after')]).toEqual([429, header])
  })

  it('sends an endless body, and stops when the client leaves', async () => {
    await setFaults(demo, { kind: 'endless-body' })
    const response = await fetch(`${demo.url}/invoices`)
    const reader = response.body?.getReader()
    let received = 0
    while (received < 2_000_000) {
      const chunk: unknown = (await reader?.read())?.value
      if (!(chunk instanceof Uint8Array)) throw new Error('the body ended')
      received += chunk.length
    }

    await reader?.cancel()
    await sleep(50)
    const before = process.cpuUsage()
    await sleep(300)
    const { user, system } = process.cpuUsage(before)

    // Whoever goes on writing keeps a core busy: 300,000 microseconds of it.
    expect(user + system).toBeLessThan(150_000)
  })

  it('hits the documented paths that start as asked', async () => {
    await setFaults(demo, { kind: 'status', path: '/transactions' })

    const paths = ['/transactions', '/transactions/tx_000001', '/invoices', '/me']
    const statuses = await Promise.all(paths.map(async (path) => (await owner.get(path)).status))

    expect(statuses).toEqual([503, 503, 200, 200])
  })

  it('leaves /me alone unless asked', async () => {
    await setFaults(demo, { kind: 'status' })
    const spared = [(await owner.get('/me')).status, (await owner.get('/me/organizations')).status]

    await setFaults(demo, { kind: 'status', path: '/me' })
    const hit = (await owner.get('/me')).status

    expect([...spared, hit]).toEqual([200, 200, 503])
  })

  it('stops after the number of times', async () => {
    await setFaults(demo, { kind: 'status', times: 2 })

    const statuses = [
      (await owner.get('/invoices')).status,
      (await owner.get('/invoices')).status,
      (await owner.get('/invoices')).status,
    ]

    expect(statuses).toEqual([503, 503, 200])
  })

  it('takes several faults, which act in their order', async () => {
    await setFaults(demo, [
      { kind: 'delay', delayMs: 60 },
      { kind: 'status', status: 504 },
    ])
    const start = performance.now()

    const { status } = await owner.get('/invoices')

    expect(status).toBe(504)
    expect(performance.now() - start).toBeGreaterThan(50)
  })

  it('shows and clears what is set', async () => {
    const url = new URL('/_faults', demo.url)
    await setFaults(demo, { kind: 'rate-limit' })

    const shown: unknown = await (await fetch(url)).json()
    const cleared = await fetch(url, { method: 'DELETE' })
    const empty: unknown = await (await fetch(url)).json()

    expect(shown).toEqual({ data: [{ kind: 'rate-limit', retryAfter: 1 }] })
    expect(cleared.status).toBe(204)
    expect(empty).toEqual({ data: [] })
  })

  it.each([
    ['an unknown kind', { kind: 'explode' }],
    ['no kind', {}],
    ['an unknown option', { kind: 'delay', seconds: 1 }],
    ['an option of another kind', { kind: 'reset', status: 500 }],
    ['a status that is no error', { kind: 'status', status: 200 }],
    ['a redirect that is none', { kind: 'redirect', status: 500 }],
    [
      'a location that breaks the header',
      { kind: 'redirect', location: 'http://x/\r\nSet-Cookie: a=b' },
    ],
    ['a date that breaks the header', { kind: 'rate-limit', retryAfter: '1\r\nX: y' }],
    ['a path without a slash', { kind: 'reset', path: 'invoices' }],
    ['no times at all', { kind: 'reset', times: 0 }],
    ['a negative delay', { kind: 'delay', delayMs: -1 }],
  ])('refuses %s with 400 and keeps what was set', async (_name, fault) => {
    await setFaults(demo, { kind: 'status' })

    const response = await setFaults(demo, [fault])

    const shown: unknown = await (await fetch(new URL('/_faults', demo.url))).json()
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(at(shown, 'data', 0, 'kind')).toBe('status')
  })

  it('survives a client that leaves during a delay', async () => {
    await setFaults(demo, { kind: 'delay', delayMs: 5_000 })

    const failure = fetch(`${demo.url}/invoices`, { signal: AbortSignal.timeout(50) })

    await expect(failure).rejects.toMatchObject({ name: 'TimeoutError' })
    await setFaults(demo, [])
    expect((await owner.get('/invoices')).status).toBe(200)
  })
})

describe('the request log', () => {
  let demo: Demo
  let owner: Client

  beforeAll(async () => {
    demo = await startDemo({ rateLimitPerMinute: Infinity })
    owner = createApiClient(demo)
  })

  afterAll(() => demo.close())

  it('shows method, raw target, status and headers, but no secret', async () => {
    await clearRequests(demo)

    const headers = { 'X-Request-Id': 'r-1', 'X-MCP-Client': 'test', 'X-Organization-Id': 'acme' }
    await owner.send({ path: '/invoices?q=a%20b&status=sent', headers })

    const requests = await readRequests(demo)
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({
      method: 'GET',
      target: '/v1/invoices?q=a%20b&status=sent',
      status: 200,
      headers: {
        'x-api-key': '[sent]',
        'x-api-secret': '[sent]',
        'x-mcp-client': 'test',
        'x-organization-id': 'acme',
        'x-request-id': 'r-1',
        'x-user-email': 'owner@acme.example',
      },
    })
    expect(JSON.stringify(requests)).not.toContain('acme-demo')
  })

  it('shows refused requests and cut connections too', async () => {
    await clearRequests(demo)
    await setFaults(demo, { kind: 'reset', times: 1 })

    await owner.get('/invoices').catch(() => undefined)
    await owner.get('/nowhere')

    const statuses = (await readRequests(demo)).map((request) => at(request, 'status'))
    expect(statuses).toEqual([null, 404])
  })

  it('does not show itself', async () => {
    await clearRequests(demo)

    await readRequests(demo)

    expect(await readRequests(demo)).toEqual([])
  })

  it('keeps the last thousand', async () => {
    await clearRequests(demo)

    for (let batch = 0; batch < 21; batch++) {
      const paths = Array.from({ length: 50 }, (_, index) => `/none/${batch * 50 + index}`)
      await Promise.all(paths.map((path) => owner.get(path)))
    }

    const requests = await readRequests(demo)
    expect(requests).toHaveLength(1_000)
    expect(at(requests.at(-1), 'target')).toMatch(/^\/v1\/none\/10[0-9]{2}$/)
  })
})
