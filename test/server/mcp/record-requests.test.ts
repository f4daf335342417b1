import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import type { AuditEvent } from '../../../server/audit/event.ts'
import { keyCaller, tokenCaller } from '../../support/callers.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { credentials } from '../../support/flowtly.ts'
import { bearer, claimsOf, connect } from '../../support/oauth-client.ts'
import { MODERN_META, post } from '../../support/rpc.ts'
import { anyCharacter } from '../../support/any-character.ts'

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const LIST = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }

type Expected = Partial<AuditEvent>

describe('a request to the connector', () => {
  let running: AuditedConnector
  let url: string
  let token: string
  let key: Readonly<Record<string, string>>
  let caller: Expected

  beforeAll(async () => {
    running = await startAudited()
    url = `${running.url}/mcp`
    const { client, tokens } = await connect(running.url, { scopes: ['invoices:read'] })
    token = tokens.access_token
    const owner = tokenCaller('owner', 'acme', token)
    key = (await keyCaller(running.store, owner, token)).headers
    caller = {
      organization: 'acme',
      member: String(claimsOf(token)['sub']),
      clientId: client.client_id,
      clientName: 'Test client',
      credential: 'oauth',
      address: '127.0.0.1',
    }
    await running.audit.next(4)
  }, 60_000)
  afterAll(() => running.close())

  const send = (body: unknown, headers: Readonly<Record<string, string>> = bearer(token)) =>
    post(url, typeof body === 'string' ? body : JSON.stringify(body), headers)
  const call = (name: string, args: unknown = {}) => ({
    ...LIST,
    method: 'tools/call',
    params: { name, arguments: args },
  })

  const nobody = { organization: null, member: null, clientId: null, address: '127.0.0.1' }
  const success = { type: 'mcp.request', outcome: 'success', httpStatus: 200 } as const
  const failure = { type: 'mcp.request', outcome: 'failure', httpStatus: 200 } as const

  it.each<[string, () => Promise<unknown>, () => readonly Expected[]]>([
    [
      'a call',
      () =>
        send(call('invoices_list'), {
          ...bearer(token),
          'x-request-id': 'r-1',
          traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
        }),
      () => [
        {
          ...{ ...success, ...caller, method: 'tools/call', tool: 'invoices.list' },
          ...{ route: 'GET /invoices', upstreamStatus: 200, rpcCode: null, reason: null },
          ...{ requestId: 'r-1', traceId: TRACE, subject: null },
        },
      ],
    ],
    [
      'a list',
      () => send(LIST),
      () => [{ ...success, ...caller, method: 'tools/list', tool: null }],
    ],
    [
      'a call with an API key',
      () => send(LIST, key),
      () => [{ ...success, organization: 'acme', credential: 'api-key', method: 'tools/list' }],
    ],
    [
      'a call with API credentials',
      () => send(LIST, { ...credentials(), 'user-agent': 'script/1.0 \u00e9' }),
      () => [
        {
          ...success,
          organization: 'acme',
          credential: 'api-credentials',
          clientId: null,
          clientName: 'script/1.0',
        },
      ],
    ],
    [
      'a call of the 2026-07-28 era',
      () =>
        send(
          { ...LIST, params: { _meta: MODERN_META } },
          { ...bearer(token), 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' },
        ),
      () => [{ ...success, ...caller, method: 'tools/list' }],
    ],
    [
      'a batch with a notification',
      () =>
        send([
          LIST,
          { ...call('invoices.list', { nope: 1 }), id: 2 },
          { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 9 } },
        ]),
      () => [
        { ...success, ...caller, method: 'notifications/cancelled', bytes: 0 },
        { ...success, ...caller, method: 'tools/list' },
        {
          ...failure,
          ...caller,
          tool: 'invoices.list',
          reason: 'invalid_arguments',
          rpcCode: null,
        },
      ],
    ],
    [
      'a batch that is too long',
      () => send(Array.from({ length: 21 }, () => LIST)),
      () => [
        {
          ...failure,
          ...caller,
          httpStatus: 400,
          method: null,
          rpcCode: -32600,
          reason: 'batch_too_long',
        },
      ],
    ],
    [
      'an unknown tool',
      () => send(call('secret-name')),
      () => [{ ...failure, ...caller, tool: null, rpcCode: -32602, reason: 'unknown_tool' }],
    ],
    [
      'an unknown method',
      () => send({ ...LIST, method: 'made/up' }),
      () => [{ ...failure, ...caller, method: 'other', rpcCode: -32601, reason: 'unknown_method' }],
    ],
    [
      'an upstream that refuses',
      () => send(call('invoices.get', { invoiceId: 'inv_none' })),
      () => [
        {
          ...{ ...failure, ...caller, tool: 'invoices.get', route: 'GET /invoices/{invoiceId}' },
          ...{ upstreamStatus: 404, rpcCode: -32000, reason: 'upstream_failed' },
        },
      ],
    ],
    [
      'a scope that is missing',
      () => send(call('contracts.list')),
      () => [
        {
          ...{ ...caller, type: 'authorization.denied', outcome: 'failure', httpStatus: 403 },
          ...{ reason: 'insufficient_scope', method: 'tools/call', tool: 'contracts.list' },
        },
      ],
    ],
    [
      'malformed JSON',
      () => send('{"password":"hunter2'),
      () => [
        {
          ...failure,
          ...caller,
          httpStatus: 400,
          rpcCode: -32700,
          reason: 'malformed_json',
          method: null,
        },
      ],
    ],
    [
      'another type of body',
      () => fetch(url, { method: 'POST', headers: bearer(token), body: 'x' }),
      () => [{ ...failure, ...nobody, httpStatus: 415, reason: 'unsupported_media_type' }],
    ],
    [
      'a body that is too large',
      () => send(`"${'x'.repeat(140_000)}"`),
      () => [{ ...failure, ...nobody, httpStatus: 413, reason: 'body_too_large' }],
    ],
    [
      'another method of HTTP',
      () => fetch(url, { headers: bearer(token) }),
      () => [{ ...failure, ...nobody, httpStatus: 405, reason: 'method_not_allowed' }],
    ],
    [
      'no credential',
      () => send(LIST, {}),
      () => [
        {
          type: 'authentication.failed',
          outcome: 'failure',
          ...nobody,
          httpStatus: 401,
          credential: null,
          reason: 'no_credential',
        },
      ],
    ],
    [
      'a token that is none',
      () => send(LIST, bearer('abc.def.ghi')),
      () => [
        { type: 'authentication.failed', ...nobody, credential: 'oauth', reason: 'token_invalid' },
      ],
    ],
    [
      'an API key that is none',
      () => send(LIST, bearer('flowtly_sk_never-made')),
      () => [
        {
          type: 'authentication.failed',
          ...nobody,
          credential: 'api-key',
          reason: 'key_unknown',
          subject: null,
        },
      ],
    ],
    [
      'API credentials that the upstream refuses',
      () => send(LIST, { ...credentials(), 'X-Api-Secret': 'wrong' }),
      () => [
        {
          type: 'authentication.failed',
          ...nobody,
          credential: 'api-credentials',
          reason: 'credentials_refused',
        },
      ],
    ],
    [
      'a page of a foreign origin',
      () => send(LIST, { ...bearer(token), origin: 'https://evil.example' }),
      () => [
        { type: 'authorization.denied', ...nobody, httpStatus: 403, reason: 'origin_not_allowed' },
      ],
    ],
    [
      'a preflight',
      () =>
        fetch(url, {
          method: 'OPTIONS',
          headers: { origin: running.url, 'access-control-request-method': 'POST' },
        }),
      () => [],
    ],
    ['the published document', () => fetch(`${url}/openapi.json`), () => []],
  ])('is on record once: %s', async (_title, act, expected) => {
    await act()

    const events = await running.audit.next(expected().length)

    expect(events).toEqual(expected().map((each) => expect.objectContaining(each)))
  })

  it('names who a revoked key was given to, and never the key', async () => {
    const owner = tokenCaller('owner', 'acme', token)
    const { headers } = await keyCaller(running.store, owner, token)
    const [made] = await running.store.apiKeys.list({})
    await running.store.apiKeys.revoke(made?.id ?? '')

    await send(LIST, headers)

    const [event] = await running.audit.next(1)
    expect(event).toMatchObject({
      ...{ type: 'authentication.failed', credential: 'api-key', reason: 'key_revoked' },
      ...{ organization: 'acme', member: caller.member, subject: `key:${made?.id ?? ''}` },
    })
  })

  it('names the organization that is switched off, and what its grants were used for', async () => {
    await running.store.organizations.setStatus('acme', 'disabled', 'operator')
    await send(call('invoices.list'))
    await running.store.organizations.setStatus('acme', 'active', 'operator')

    expect(await running.audit.next(1)).toEqual([
      expect.objectContaining({ ...caller, type: 'authorization.denied', reason: 'mcp_disabled' }),
    ])
  })

  it('is on record when the client has left before its answer', async () => {
    await fetch(new URL('/_faults', running.demo.url), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: 'delay', delayMs: 3_000 }),
    })
    const leaving = AbortSignal.timeout(400)
    const headers = { 'content-type': 'application/json', ...bearer(token) }
    const body = JSON.stringify(call('invoices.list'))
    await fetch(url, { method: 'POST', headers, body, signal: leaving }).catch(() => null)
    const events = await running.audit.next(1)
    await fetch(new URL('/_faults', running.demo.url), { method: 'DELETE' })

    expect(events).toEqual([
      expect.objectContaining({
        ...caller,
        outcome: 'failure',
        httpStatus: 499,
        reason: 'client_gone',
      }),
    ])
  })

  it('puts nothing on record that a caller made up', async () => {
    const text = fc.string({ minLength: 1, maxLength: 40, unit: anyCharacter })
    const made = fc.record({ method: text, tool: text, argument: text, value: text, id: text })
    const samples = fc.sample(made, 6)
    const batch = samples.flatMap(({ method, tool, argument, value, id }) => {
      const params = { name: tool, arguments: { [argument]: value } }
      const invented = { jsonrpc: '2.0', id, method, params }
      const known = call('invoices.list', { [argument]: value })
      return [invented, { ...invented, method: 'tools/call' }, { ...known, id }]
    })

    await send(batch)

    const events = await running.audit.next(batch.length)
    expect(events).toHaveLength(batch.length)
    for (const event of events) {
      expect([null, 'other', 'tools/call']).toContain(event.method)
      expect([null, 'invoices.list']).toContain(event.tool)
      expect([null, 'GET /invoices']).toContain(event.route)
      expect(event).toMatchObject({ clientName: 'Test client', clientId: caller.clientId })
      expect(event.reason ?? '').toMatch(/^[a-z_]*$/)
      expect(event.subject).toBeNull()
    }
  })
})
