import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'
import { parseRpc, post } from '../../support/rpc.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})

afterAll(() => running.close())

describe('a batch', () => {
  const ping = (id: unknown) => ({ jsonrpc: '2.0', id, method: 'ping' })

  it('is answered element by element, errors among them, notifications left out', async () => {
    const { status, text } = await post(
      `${url}/mcp`,
      JSON.stringify([
        ping(1),
        { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } },
        { jsonrpc: '2.0', id: 'x', method: 'nope' },
        ping(1),
      ]),
    )

    expect(status).toBe(200)
    expect(JSON.parse(text)).toEqual([
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 'x', error: { code: -32_601, message: 'Method not found' } },
      { jsonrpc: '2.0', id: 1, result: {} },
    ])
  })

  it('is refused as one where its HTTP request is wrong', async () => {
    const { status, text } = await post(`${url}/mcp`, JSON.stringify([ping(1), ping(2)]), {
      ...credentials(),
      'mcp-protocol-version': '1999-01-01',
    })

    expect(status).toBe(400)
    expect(parseRpc(text).error).toMatchObject({ code: -32_000 })
  })

  it('of notifications only is accepted without a body', async () => {
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' }

    const { status, text } = await post(`${url}/mcp`, JSON.stringify([notification, notification]))

    expect({ status, text }).toEqual({ status: 202, text: '' })
  })
})

describe('a plain client', () => {
  it('needs no Accept header, no session and no initialized message', async () => {
    const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' }

    const { status, headers } = await post(`${url}/mcp`, JSON.stringify(message), {
      ...credentials(),
      accept: 'text/html',
    })

    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(headers.get('mcp-session-id')).toBeNull()
  })

  it('gets 202 for a notification', async () => {
    const message = { jsonrpc: '2.0', method: 'notifications/initialized' }

    const { status, text } = await post(`${url}/mcp`, JSON.stringify(message))

    expect({ status, text }).toEqual({ status: 202, text: '' })
  })
})

describe('other paths', () => {
  it('tell that the process lives', async () => {
    const response = await fetch(`${url}/health`)

    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok' })
  })

  it('show the part of the document that is used, and no write', async () => {
    const response = await fetch(`${url}/mcp/openapi.json`)
    const document: unknown = await response.json()

    expect(document).toMatchObject({ openapi: '3.1.0', paths: { '/invoices': { get: {} } } })
    expect(JSON.stringify(document)).not.toMatch(/createInvoice|updateInvoice|deleteInvoice/)
  })

  it('serve the connector at a second path when told to', async () => {
    await using other = await startWithDemo({ MCP_PATH: '/api/mcp' })

    for (const path of ['/mcp', '/api/mcp']) {
      const { status } = await post(
        `${other.connector.url}${path}`,
        '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      )
      expect(status).toBe(200)
    }
  })

  it.each([['/health'], ['/mcp/openapi.json']])('refuse to be written: %s', async (path) => {
    const response = await fetch(`${url}${path}`, { method: 'POST' })

    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toContain('GET')
  })

  it('are answered with 404 in JSON', async () => {
    const response = await fetch(`${url}/nope`)

    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
  })
})
