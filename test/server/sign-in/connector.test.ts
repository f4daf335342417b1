import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { startBrowserSession, type Page } from '../../support/browser-session.ts'
import { oidcLogin, startWithLogin } from '../../support/connectors.ts'
import { startFederatedUpstream, type FederatedUpstream } from '../../support/federated-upstream.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import {
  startIdentityProvider,
  visitIdentityProvider,
  type IdentityProvider,
} from '../../support/identity-provider.ts'
import {
  authorizationUrl,
  bearer,
  createPkce,
  decide,
  exchangeCode,
  registerClient,
} from '../../support/oauth-client.ts'
import { callTool, post, resultOf } from '../../support/rpc.ts'

const LIST_INVOICES = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name: 'invoices.list', arguments: {} },
})

let demo: Demo
beforeAll(async () => {
  demo = await startDemo({ port: 0 })
})
afterAll(() => demo.close())

/** Begins a connection: what the browser shows first, and how to get the token from its last page. */
async function beginConnection({ url }: TestConnector) {
  const client = await registerClient(url)
  const { verifier, challenge } = createPkce()
  const browser = startBrowserSession()
  const page = await browser.open(authorizationUrl(url, client, challenge))
  const finish = async (last: Page) => {
    const code = new URL(last.url).searchParams.get('code') ?? ''
    return (await exchangeCode(url, client, { code, verifier })).access_token
  }
  return { browser, page, finish }
}

describe('a connector whose people sign in at an identity provider', () => {
  let provider: IdentityProvider
  let upstream: FederatedUpstream
  let connector: TestConnector
  beforeAll(async () => {
    provider = await startIdentityProvider()
    upstream = await startFederatedUpstream({ demo, identityProvider: provider })
    connector = await startWithLogin(oidcLogin(provider.url), upstream.url, {
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
    })
  })
  afterAll(async () => {
    await connector.close()
    await upstream.close()
    await provider.close()
  })

  async function connect() {
    const { browser, page, finish } = await beginConnection(connector)
    const away = await browser.submit(page, {})
    const callback = await visitIdentityProvider(new URL(away.url), 'owner@acme.example')
    const consent = await browser.open(callback.href)
    return finish(await decide(browser, consent))
  }

  it('connects, renews what has expired, and goes on', async () => {
    const token = await connect()
    const before = await callTool(connector.url, 'invoices.list', {}, bearer(token))
    upstream.expireAll()
    const after = await callTool(connector.url, 'invoices.list', {}, bearer(token))

    expect(resultOf(before)).toHaveProperty('data')
    expect(resultOf(after)).toEqual(resultOf(before))
  })

  it('ends the connection once the identity provider has taken everything back', async () => {
    const token = await connect()
    upstream.revokeAll()

    const noticed = await callTool(connector.url, 'invoices.list', {}, bearer(token))
    const after = await post(`${connector.url}/mcp`, LIST_INVOICES, bearer(token))

    expect(noticed.error).toMatchObject({ code: -32000, data: { status: 401 } })
    expect(after.status).toBe(401)
    expect(after.headers.get('www-authenticate')).toContain('resource_metadata=')
  })

  it('lets the person refuse there', async () => {
    const { browser, page } = await beginConnection(connector)
    const away = await browser.submit(page, {})
    const callback = await visitIdentityProvider(new URL(away.url), null)

    const after = await browser.open(callback.href)

    expect(`${after.url} ${after.text}`).not.toContain('code=')
    expect(after.status).toBeLessThan(500)
  })

  it('writes no token, code or secret to its log', async () => {
    await connect()
    const log = connector.log.join('\n')

    expect(log).not.toContain(provider.clientSecret)
    expect(log).not.toMatch(/code=|access_token|refresh_token/)
  })
})

describe('a connector whose people sign in with API credentials', () => {
  it('connects to the organization of the key', async () => {
    await using connector = await startWithLogin({ kind: 'api-credentials' }, demo.url)
    const { browser, page, finish } = await beginConnection(connector)

    const consent = await browser.submit(page, {
      email: 'owner@globex.example',
      key: 'globex-demo-key',
      secret: 'globex-demo-secret',
    })
    const token = await finish(await decide(browser, consent))
    const answer = await callTool(connector.url, 'projects.list', {}, bearer(token))

    expect(consent.text).toContain('Globex')
    expect(resultOf(answer)).toHaveProperty('data')
  })

  it('shows the form again for credentials that the upstream refuses', async () => {
    await using connector = await startWithLogin({ kind: 'api-credentials' }, demo.url)
    const { browser, page } = await beginConnection(connector)

    const again = await browser.submit(page, {
      email: 'owner@globex.example',
      key: 'globex-demo-key',
      secret: 'acme-demo-secret',
    })

    expect(again.text).toContain('name="secret"')
    expect(again.text).not.toContain('acme-demo-secret')
  })
})
