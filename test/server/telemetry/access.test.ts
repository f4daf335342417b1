import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import Koa from 'koa'
import type { State } from '../../../server/http/context.ts'
import { Secret } from '../../../server/secret.ts'
import { createFiguresAccess } from '../../../server/telemetry/access.ts'
import { startWithDemo } from '../../support/flowtly.ts'

const TOKEN = 'metrics-token-of-the-operator'

/** Who may see figures, asked with a request that comes from an address. */
function judge(
  token: string | null,
  remoteAddress: string,
  headers: Readonly<Record<string, string>> = {},
): string {
  const app = new Koa<State>({ proxy: true, maxIpsCount: 1 })
  const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress })
  const request = new IncomingMessage(socket)
  Object.assign(request.headers, headers)
  const context = app.createContext(request, new ServerResponse(request))
  return createFiguresAccess(token === null ? null : new Secret(token))(context)
}

describe('without a token', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.10',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '::ffff:192.168.1.1',
    '169.254.169.254',
    'fd12:3456::1',
    'fe80::1',
  ])('%s sees the figures', (address) => {
    expect(judge(null, address)).toBe('allowed')
  })

  it.each([
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.1',
    '192.169.0.1',
    '11.0.0.1',
    '::ffff:8.8.8.8',
    '2001:db8::1',
    'fec0::1',
    '::2',
    '',
    'unknown',
  ])('"%s" does not', (address) => {
    expect(judge(null, address)).toBe('refused')
  })

  it.each([
    ['x-forwarded-for', '10.0.0.1'],
    ['x-forwarded-for', ''],
    ['forwarded', 'for=10.0.0.1'],
    ['x-real-ip', '127.0.0.1'],
    ['x-forwarded-host', 'localhost'],
    ['via', '1.1 proxy'],
  ])('nobody does whose request has %s: %s', (name, value) => {
    expect(judge(null, '127.0.0.1', { [name]: value })).toBe('refused')
  })

  it('a token does not help', () => {
    expect(judge(null, '8.8.8.8', { authorization: `Bearer ${TOKEN}` })).toBe('refused')
  })
})

describe('with a token', () => {
  it.each([
    [`Bearer ${TOKEN}`, 'allowed'],
    [`bearer ${TOKEN}`, 'allowed'],
    ['', 'unproven'],
    ['Bearer', 'unproven'],
    ['Bearer ', 'unproven'],
    [`Bearer ${TOKEN}x`, 'unproven'],
    [`Bearer ${TOKEN.slice(0, -1)}`, 'unproven'],
    [`Bearer ${TOKEN} ${TOKEN}`, 'unproven'],
    [TOKEN, 'unproven'],
    [`Basic ${TOKEN}`, 'unproven'],
  ])('"%s" is %s, wherever it comes from', (authorization, verdict) => {
    expect(judge(TOKEN, '127.0.0.1', { authorization })).toBe(verdict)
    expect(judge(TOKEN, '8.8.8.8', { authorization, 'x-forwarded-for': '1.2.3.4' })).toBe(verdict)
  })
})

describe('the endpoints', () => {
  let open: Awaited<ReturnType<typeof startWithDemo>>
  let closed: Awaited<ReturnType<typeof startWithDemo>>

  beforeAll(async () => {
    open = await startWithDemo({ TRUST_PROXY: '1' })
    closed = await startWithDemo({ METRICS_TOKEN: TOKEN })
  })
  afterAll(async () => {
    await open.close()
    await closed.close()
  })

  it('show figures to this machine in Prometheus’ format, and let no cache keep them', async () => {
    const answer = await fetch(`${open.connector.url}/metrics`)

    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('do not tell who comes by a proxy that figures are there, with TRUST_PROXY as without', async () => {
    const headers = { 'x-forwarded-for': '127.0.0.1' }

    const figures = await fetch(`${open.connector.url}/metrics`, { headers })
    const ready = await fetch(`${open.connector.url}/ready`, { headers })

    expect(figures.status).toBe(404)
    expect(await figures.json()).toMatchObject({ error: 'not_found' })
    expect(await ready.json()).toEqual({ status: 'ok' })
  })

  it('ask for the token where there is one', async () => {
    const url = closed.connector.url
    const right = { authorization: `Bearer ${TOKEN}` }

    const refused = await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer wrong' } })
    const allowed = await fetch(`${url}/metrics`, { headers: right })

    expect(refused.status).toBe(401)
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="metrics"')
    expect(await refused.text()).not.toContain(TOKEN)
    expect(allowed.status).toBe(200)
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${url}/ready`, { headers: right })).json()).toHaveProperty('checks')
  })

  it('take GET and HEAD only', async () => {
    for (const path of ['/metrics', '/ready']) {
      const head = await fetch(`${open.connector.url}${path}`, { method: 'HEAD' })
      const post = await fetch(`${open.connector.url}${path}`, { method: 'POST' })

      expect([head.status, post.status]).toEqual([200, 405])
    }
  })
})
