import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createApiKey } from '../../../server/access/api-keys.ts'
import { fetchAt } from '../../support/fetch-at.ts'
import { bearer, registerClient } from '../../support/oauth-client.ts'
import { write, writeJson } from '../../support/raw-upstream.ts'
import { callTool, post, resultOf, rpc } from '../../support/rpc.ts'
import { CREDENTIAL, serviceLogin, startService, type TestService } from '../../support/service.ts'

const ALL = ['--org', 'main', '--scopes', 'all']
const CALL =
  '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"invoices.list","arguments":{}}}'

/** The status of a call, and the code of a refusal. */
async function call(url: string, key: string, body = CALL) {
  const { status, text } = await post(`${url}/mcp`, body, bearer(key))
  return { status, error: /^\{"error":"([a-z_]+)"/.exec(text)?.[1] ?? null }
}

describe('a service with API keys only', () => {
  let service: TestService
  let key: string
  beforeAll(async () => {
    service = await startService()
    key = await service.createKey(...ALL)
  })
  afterAll(() => service.close())
  const url = () => service.connector.url

  it('answers a key that nobody had to sign in for', async () => {
    const answer = await callTool(url(), 'invoices.list', {}, bearer(key))

    expect(resultOf(answer)).toEqual({ data: [] })
  })

  it('never sends a key to the upstream', async () => {
    await call(url(), key)

    expect(service.heads.join('')).not.toContain(key)
    expect(service.heads.at(-1)).not.toMatch(/^authorization:/im)
  })

  it('refuses what is no key of its own', async () => {
    expect(await call(url(), 'flowtly_sk_unknown')).toMatchObject({ status: 401 })
    expect(await call(url(), CREDENTIAL)).toMatchObject({ status: 401 })
    const basic = Buffer.from(CREDENTIAL).toString('base64')
    const plain = { authorization: `Basic ${basic}`, 'X-API-Key': CREDENTIAL }
    expect((await post(`${url()}/mcp`, CALL, plain)).status).toBe(401)
  })

  it('holds a key to its scopes', async () => {
    const narrow = await service.createKey('--org', 'main', '--scopes', 'contracts:read')

    expect(await call(url(), narrow)).toMatchObject({ status: 403 })
    expect(await call(url(), narrow, CALL.replace('invoices', 'contracts'))).toMatchObject({
      status: 200,
    })
  })

  it('ends a key that is revoked', async () => {
    const revoked = await service.createKey(...ALL)
    const [newest] = await service.store.grants.list({ organizationId: 'main' })
    expect(await call(url(), revoked)).toMatchObject({ status: 200 })

    await service.store.grants.end(newest?.id ?? '', 'revoked')

    expect(await call(url(), revoked)).toMatchObject({ status: 401 })
    expect(await call(url(), key)).toMatchObject({ status: 200 })
  })

  it('keeps everybody out while its organization is switched off', async () => {
    await service.store.organizations.setStatus('main', 'disabled', 'operator')
    const off = await call(url(), key)
    await expect(service.createKey(...ALL)).rejects.toThrow('orgs enable')
    await service.store.organizations.setStatus('main', 'active', 'operator')

    expect(off).toEqual({ status: 403, error: 'mcp_disabled' })
    expect(await call(url(), key)).toMatchObject({ status: 200 })
  })

  it.each<[what: string, options: readonly string[], problem: string]>([
    [
      'another organization',
      ['--org', 'other', '--scopes', 'all'],
      'there is no organization "other": the connector has one, "main"',
    ],
    ['a person', [...ALL, '--email', 'a@b.example'], 'leave --email out'],
    ['no such connection', [...ALL, '--grant', 'none'], 'has no live grant "none"'],
    ['no such scope', ['--org', 'main', '--scopes', 'invoices:write'], 'there is no scope'],
  ])('makes no key for %s', async (_what, options, problem) => {
    await expect(service.createKey(...options)).rejects.toThrow(problem)
  })

  it('is no way into an organization that the connector had before', async () => {
    const [grant] = await service.store.grants.list({ organizationId: 'main' })
    await using moved = await startService(
      serviceLogin({ organization: { id: 'next', name: 'Next' } }),
    )
    if (grant === undefined) throw new Error('no grant')
    await moved.store.organizations.see('main', 'Acme', 'active')
    await moved.store.grants.add({ ...grant, credential: 'sealed by another login' })
    const { key: old, prefix, hash } = createApiKey('flowtly')
    const { id: grantId, scopes } = grant
    await moved.store.apiKeys.add({
      ...{ id: 'old', name: 'old', prefix, hash, grantId, scopes, expiresAt: null },
    })

    expect(await call(moved.connector.url, old)).toMatchObject({ status: 401 })
    expect(moved.heads).toEqual([])
  })

  it('tells a person whom a client sends that nobody signs in, and still describes itself', async () => {
    const client = await registerClient(url())
    const page = await fetch(`${url()}/oauth/authorize?client_id=${client.client_id}`)
    const metadata: unknown = await (
      await fetch(`${url()}/.well-known/oauth-protected-resource/mcp`)
    ).json()

    expect(page.status).toBe(403)
    expect(await page.text()).toContain('is reached with API keys only')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(metadata).toMatchObject({
      resource: `${url()}/mcp`,
      bearer_methods_supported: ['header'],
    })
    expect((await fetch(`${url()}/oauth/interaction/some`)).status).toBe(404)
  })

  it('says that the upstream refused the credential, and costs nobody a key', async () => {
    const { upstream } = service
    const before = upstream.answer
    upstream.answer = (socket) => write(socket, '401 Unauthorized', {}, '')
    const refused = await callTool(url(), 'invoices.list', {}, bearer(key))
    upstream.answer = before

    expect(refused.error).toMatchObject({ code: -32_000, data: { status: 401 } })
    expect(await call(url(), key)).toMatchObject({ status: 200 })
  })
})

describe('the credential of a service', () => {
  const basic = Buffer.from('ada:pass:word').toString('base64')
  it.each([
    [
      'in a header',
      { in: 'header', name: 'X-API-Key', scheme: null },
      CREDENTIAL,
      /^x-api-key: (.*)$/im,
      CREDENTIAL,
    ],
    [
      'behind a scheme',
      { in: 'header', name: 'Authorization', scheme: 'Bearer' },
      CREDENTIAL,
      /^authorization: (.*)$/im,
      `Bearer ${CREDENTIAL}`,
    ],
    [
      'as Basic',
      { in: 'header', name: 'Authorization', scheme: 'Basic' },
      'ada:pass:word',
      /^authorization: (.*)$/im,
      `Basic ${basic}`,
    ],
    [
      'in the query',
      { in: 'query', name: 'api key' },
      'a b&c=d/é',
      /^GET (\S+) /,
      '/v1/invoices?pageSize=25&api%20key=a%20b%26c%3Dd%2F%C3%A9',
    ],
    [
      'in a cookie',
      { in: 'cookie', name: 'session' },
      CREDENTIAL,
      /^cookie: (.*)$/im,
      `session=${CREDENTIAL}`,
    ],
  ] as const)('goes %s', async (_where, credential, value, pattern, wire) => {
    await using service = await startService(serviceLogin({ credential }), {
      UPSTREAM_CREDENTIAL: value,
    })
    const key = await service.createKey(...ALL)

    await callTool(service.connector.url, 'invoices.list', {}, bearer(key))

    expect(pattern.exec(service.heads[0] ?? '')?.[1]).toBe(wire)
    expect(service.connector.log.join('')).not.toContain(value)
  })

  it('is not sent where there is none', async () => {
    await using service = await startService(serviceLogin({ credential: null }))
    const key = await service.createKey(...ALL)

    await callTool(service.connector.url, 'invoices.list', {}, bearer(key))

    expect(service.heads[0]).not.toMatch(/^(?:authorization|cookie|x-api-key):/im)
  })

  it('is blotted out of links that the upstream repeats it in', async () => {
    const value = 'k+/= é'
    const credential = { in: 'query', name: 'key' } as const
    await using service = await startService(serviceLogin({ credential }), {
      UPSTREAM_CREDENTIAL: value,
    })
    const { upstream, connector } = service
    const links = [
      value,
      encodeURIComponent(value),
      new URLSearchParams({ key: value }).toString().slice(4),
    ]
    upstream.answer = (socket) =>
      writeJson(socket, { data: links.map((each) => ({ id: `/v1?key=${each}&page=2` })) })
    const key = await service.createKey(...ALL)

    const answer = await callTool(connector.url, 'invoices.list', {}, bearer(key))

    const id = '/v1?key=redacted&page=2'
    const item = { id, _uri: `flowtly://invoices/${encodeURIComponent(id)}` }
    expect(resultOf(answer)).toEqual({ data: links.map(() => item) })
  })

  it.each<
    [rule: string, login: Parameters<typeof serviceLogin>[0], value: string, problem: string]
  >([
    [
      'has to be there',
      {},
      '',
      'UPSTREAM_CREDENTIAL is required: the connector "flowtly" sends it to its upstream, in the header "X-API-Key"',
    ],
    [
      'has to be of use',
      { credential: null },
      CREDENTIAL,
      'UPSTREAM_CREDENTIAL does nothing: the connector "flowtly" sends its upstream no credential of yours: unset it, or use another CONNECTOR',
    ],
    [
      'has to fit a header',
      {},
      'two\nlines',
      'UPSTREAM_CREDENTIAL holds a character that no header can carry',
    ],
    [
      'has to fit a cookie',
      { credential: { in: 'cookie', name: 'session' } },
      'a;b',
      'UPSTREAM_CREDENTIAL holds a character that no cookie can carry',
    ],
    [
      'has to have a user and a password for Basic',
      { credential: { in: 'header', name: 'Authorization', scheme: 'basic' } },
      CREDENTIAL,
      'UPSTREAM_CREDENTIAL must be USER:PASSWORD for the scheme "Basic"',
    ],
  ])('%s, or nothing starts', async (_rule, login, value, problem) => {
    const start = startService(serviceLogin(login), { UPSTREAM_CREDENTIAL: value })

    await expect(start).rejects.toMatchObject({ name: 'ConfigError', problems: [problem] })
  })
})

describe('the organization of a service', () => {
  it('waits for its activation where the operator decides', async () => {
    await using service = await startService(serviceLogin(), { ACTIVATION: 'approval' })

    expect(await service.store.organizations.find('main')).toMatchObject({ status: 'pending' })
    await expect(service.createKey(...ALL)).rejects.toThrow('orgs activate')
    await service.store.organizations.setStatus('main', 'active', 'operator')
    const key = await service.createKey(...ALL)

    expect(await call(service.connector.url, key)).toMatchObject({ status: 200 })
  })

  it('has a host of its own, and no other is served there', async () => {
    await using service = await startService(serviceLogin(), {
      PUBLIC_URL: 'https://mcp.example.com',
      TENANT_HOSTS: '{tenant}.mcp.example.com',
    })
    const key = await service.createKey(...ALL)
    const send = fetchAt(service.connector.port)
    const at = async (host: string) => {
      const headers = { 'content-type': 'application/json', ...bearer(key) }
      return (await send(`https://${host}/mcp`, { method: 'POST', headers, body: CALL })).status
    }

    expect(await at('mcp.example.com')).toBe(200)
    expect(await at('main.mcp.example.com')).toBe(200)
    expect(await at('other.mcp.example.com')).toBe(403)
  })

  it('is listed with nothing but what a key may read', async () => {
    await using service = await startService()
    const key = await service.createKey('--org', 'main', '--scopes', 'projects:read')

    const { result } = await rpc(service.connector.url, 'tools/list', {}, bearer(key))

    expect(JSON.stringify(result)).toContain('projects.list')
  })
})
