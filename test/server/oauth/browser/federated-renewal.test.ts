import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../../demo/server.ts'
import { startBrowserSession } from '../../../support/browser-session.ts'
import { oidcLogin, startWithLogin } from '../../../support/connectors.ts'
import { connectFederated } from '../../../support/federated-person.ts'
import { startFederatedUpstream } from '../../../support/federated-upstream.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../../support/identity-provider.ts'
import {
  authorizationUrl,
  bearer,
  createPkce,
  refreshTokens,
  registerClient,
} from '../../../support/oauth-client.ts'
import { portOf } from '../../../support/port.ts'
import { callTool, post, resultOf } from '../../../support/rpc.ts'

describe('a connection whose member signed in at an identity provider', () => {
  let demo: Demo
  beforeAll(async () => {
    demo = await startDemo()
  })
  afterAll(() => demo.close())

  async function start() {
    const identityProvider = await startIdentityProvider()
    const upstream = await startFederatedUpstream({ demo, identityProvider })
    const connector = await startWithLogin(oidcLogin('https://id.example'), upstream.url, {
      OIDC_CLIENT_ID: identityProvider.clientId,
      OIDC_CLIENT_SECRET: identityProvider.clientSecret,
      OIDC_ISSUER: identityProvider.url,
    })
    const close = async () => {
      await connector.close()
      await upstream.close()
      await identityProvider.close()
    }
    return { identityProvider, upstream, connector, [Symbol.asyncDispose]: close }
  }
  const callMcp = (url: string, token: string) => callTool(url, 'invoices.list', {}, bearer(token))
  const statusOf = async (url: string, token: string) => {
    const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
    return (await post(`${url}/mcp`, JSON.stringify(body), bearer(token))).status
  }

  it('goes on when the upstream’s token has expired: it is renewed there, once', async () => {
    await using running = await start()
    const { identityProvider, upstream, connector } = running
    const { tokens } = await connectFederated(connector.url)
    const countRenewals = () =>
      identityProvider.requests.filter((request) => request === 'POST /token').length

    expect(resultOf(await callMcp(connector.url, tokens.access_token))).toHaveProperty('data')
    const before = countRenewals()
    upstream.expireAll()
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => callMcp(connector.url, tokens.access_token)),
    )

    for (const answer of answers) expect(resultOf(answer)).toHaveProperty('data')
    expect(countRenewals() - before).toBe(1)
  })

  it('goes on over a refresh of its own after the upstream’s token has expired', async () => {
    await using running = await start()
    const { upstream, connector } = running
    const { client, tokens } = await connectFederated(connector.url)

    upstream.expireAll()
    const refreshed = await refreshTokens(connector.url, client, tokens.refresh_token)

    expect(refreshed.status).toBe(200)
    expect(resultOf(await callMcp(connector.url, refreshed.access_token))).toHaveProperty('data')
  })

  it('ends when the identity provider takes back what it gave', async () => {
    await using running = await start()
    const { upstream, connector } = running
    const { client, tokens } = await connectFederated(connector.url)

    upstream.revokeAll()
    const failed = await callMcp(connector.url, tokens.access_token)

    expect(failed.error).toMatchObject({ code: -32_000, data: { status: 401 } })
    expect(await statusOf(connector.url, tokens.access_token)).toBe(401)
    const refreshed = await refreshTokens(connector.url, client, tokens.refresh_token)
    expect(refreshed.error).toBe('invalid_grant')
    const again = await connectFederated(connector.url)
    expect(resultOf(await callMcp(connector.url, again.tokens.access_token))).toHaveProperty('data')
  })

  it('does not end because the identity provider does not answer', async () => {
    await using running = await start()
    const { identityProvider, upstream, connector } = running
    const { client, tokens } = await connectFederated(connector.url)

    upstream.expireAll()
    await identityProvider.close()
    const failed = await callMcp(connector.url, tokens.access_token)

    expect(failed.error).toMatchObject({ code: -32_000, data: { status: 502 } })
    expect(await statusOf(connector.url, tokens.access_token)).toBe(200)
    const refreshed = await refreshTokens(connector.url, client, tokens.refresh_token)
    expect(refreshed).toMatchObject({ status: 503, error: 'temporarily_unavailable' })
  })

  it('is made once the identity provider answers, after a page that said it did not', async () => {
    const port = await findFreePort()
    const issuer = `http://127.0.0.1:${port}`
    await using connector = await startWithLogin(oidcLogin(issuer), demo.url, {
      OIDC_CLIENT_ID: 'sluice-test',
      OIDC_CLIENT_SECRET: 'a-secret-of-the-tests',
    })
    const client = await registerClient(connector.url)
    const session = startBrowserSession()
    const { challenge } = createPkce()
    const page = await session.open(authorizationUrl(connector.url, client, challenge))

    const down = await session.submit(page, {})
    expect(down.status).toBe(502)
    expect(down.text).toContain('the service is not answering')
    await using identityProvider = await startIdentityProvider({ port })
    const away = await session.submit(down, {})
    expect(new URL(away.url).origin).toBe(issuer)
    const callback = await visitIdentityProvider(new URL(away.url), 'owner@acme.example')

    expect(callback.searchParams.has('code')).toBe(true)
    expect(identityProvider.requests.length).toBeGreaterThan(0)
    await identityProvider.close()
    const lost = await session.open(callback.href)
    expect(lost.status).toBe(502)
    expect(lost.text).toContain('the service is not answering')
  })
})

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}
