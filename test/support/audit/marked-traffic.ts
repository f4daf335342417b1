import { randomBytes } from 'node:crypto'
import { startBrowserSession } from '../browser-session.ts'
import { postedForm, requestTokensAt } from '../connect-at.ts'
import type { FetchAt } from '../fetch-at.ts'
import { authorizationUrl, bearer, createPkce, signIn, type TestClient } from '../oauth-client.ts'
import type { SecretRecord } from '../secret-record.ts'

/** Makes secrets that are told apart from everything else, and notes each. */
export type Marker = {
  /** In characters that each way of writing spells differently. */
  readonly mark: (what: string) => string
  /** In such that may stand in a header or a path. */
  readonly markPlain: (what: string) => string
}

/** A server that is fed with them. */
export type MarkedServer = {
  readonly send: FetchAt
  readonly url: string
  readonly marker: Marker
}

/** @param record is told of each */
export function createMarker(record: Pick<SecretRecord, 'add'>): Marker {
  const note = (what: string, value: string) => {
    record.add(what, value)
    return value
  }
  return {
    mark: (what) => note(what, `${what} +/&=% ${randomBytes(12).toString('base64')}`),
    markPlain: (what) => note(what, `${what}-${randomBytes(18).toString('base64url')}`),
  }
}

/** Calls that hold a secret at every place where a caller may write something. */
export async function callEverything(
  { send, url, marker }: MarkedServer,
  credential: Readonly<Record<string, string>>,
): Promise<void> {
  const { mark, markPlain } = marker
  const call = (name: string, args: unknown = {}, more: Readonly<Record<string, unknown>> = {}) =>
    ({ method: 'tools/call', params: { name, arguments: args, ...more } }) as const
  const bodies = [
    call('invoices.list', { q: mark('argument') }),
    call('invoices.list', { [mark('argument-name')]: mark('refused-argument') }),
    call('invoices.list', {}, { _meta: { [markPlain('meta')]: mark('meta-value') } }),
    call('invoices.get', { invoiceId: mark('path-argument') }),
    call('taxGroups.list'),
    call('projects.list'),
    call('contracts.list'),
    call(mark('tool-name')),
    { method: mark('method'), params: { [markPlain('param')]: mark('param-value') } },
    { method: 'notifications/cancelled', params: { reason: mark('notified') } },
    { method: 'resources/read', params: { uri: mark('uri') } },
    { method: 'initialize', params: { clientInfo: { name: mark('calls-itself') } } },
  ]
  const headers = {
    ...credential,
    cookie: `session=${markPlain('cookie')}`,
    referer: `https://example.test/?${markPlain('referer')}`,
    baggage: `user=${markPlain('baggage')}`,
    tracestate: `vendor=${markPlain('tracestate')}`,
    'x-forwarded-for': markPlain('forwarded-for'),
    'mcp-session-id': markPlain('session'),
    'x-anything': mark('header'),
  }
  for (const body of bodies) {
    await send(`${url}/mcp?token=${markPlain('query')}`, toMessage(marker, body, headers))
  }
  const batch = bodies.map((body) => ({ jsonrpc: '2.0', id: mark('batch-id'), ...body }))
  const init = toMessage(marker, {}, headers)
  await send(`${url}/mcp`, { ...init, body: JSON.stringify(batch) })
  await send(`${url}/mcp`, { ...init, body: `{"broken":"${markPlain('broken-body')}` })
}

/** A JSON-RPC message whose id is a secret, too. */
export function toMessage(
  { mark }: Marker,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): RequestInit {
  const all = { 'content-type': 'application/json', ...headers }
  const text = JSON.stringify({ jsonrpc: '2.0', id: mark('id'), ...Object(body) })
  return { method: 'POST', headers: all, body: text }
}

/** Everything that goes wrong with a secret in hand. */
export async function failEverywhere(
  { send, url, marker }: MarkedServer,
  client: TestClient,
  email: string,
): Promise<void> {
  const { mark, markPlain } = marker
  const message = (body: unknown, headers: Readonly<Record<string, string>>) =>
    toMessage(marker, body, headers)
  const session = startBrowserSession({ send })
  const page = await session.open(
    authorizationUrl(url, client, createPkce().challenge, {
      state: mark('state'),
      nonce: mark('nonce'),
      login_hint: mark('login-hint'),
    }),
  )
  await signIn(session, page, { email, password: mark('wrong-password') })
  await signIn(session, page, { email: `${markPlain('mistyped')}@x.example`, password: 'none' })
  const stranger = markPlain('stranger')
  await send(`${url}/mcp`, message({ method: 'ping' }, bearer(stranger)))
  await send(`${url}/mcp`, message({ method: 'ping' }, bearer(`flowtly_sk_${stranger}`)))
  const pair = { 'X-Api-Key': stranger, 'X-Api-Secret': stranger, 'X-User-Email': email }
  await send(`${url}/mcp`, message({ method: 'ping' }, pair))
  for (const path of [
    `mcp?access_token=${stranger}`,
    `oauth/interaction/${stranger}`,
    `oauth/callback?code=${stranger}&state=${stranger}`,
    `oauth/authorize?client_id=${stranger}&code_challenge=${stranger}&redirect_uri=${stranger}`,
    `nowhere/${stranger}`,
    `metrics?token=${stranger}`,
    `ready?token=${stranger}`,
  ]) {
    await send(`${url}/${path}`, { headers: { authorization: `Basic ${stranger}` } })
  }
  for (const grantType of ['authorization_code', 'refresh_token', stranger]) {
    const params = { code: stranger, refresh_token: stranger, code_verifier: stranger }
    await requestTokensAt(send, url, { ...client, grant_type: grantType, ...params })
    await requestTokensAt(send, url, { ...params, grant_type: grantType, client_id: stranger })
  }
  await send(`${url}/oauth/revoke`, postedForm({ ...client, token: stranger }))
}
