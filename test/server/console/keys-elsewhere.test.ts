import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../demo/server.ts'
import { oidcLogin, startWithLogin } from '../../support/connectors.ts'
import { visitConsole } from '../../support/console-session.ts'
import { startFederatedUpstream } from '../../support/federated-upstream.ts'
import { toPlainText } from '../../support/html-text.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../support/identity-provider.ts'
import { bearer } from '../../support/oauth-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { serviceLogin, startService } from '../../support/service.ts'
import { fieldsOf } from '../../support/shown-fields.ts'
import { startWatchedBrowser } from '../../support/watched-browser.ts'

const OWNER = 'owner@acme.example'

/** Somebody in the console of a connector whose people sign in at an identity provider. */
async function signInElsewhere(origin: string, provider: { readonly url: string }) {
  const browser = startWatchedBrowser()
  const visitor = visitConsole(origin, browser)
  const label = `Continue to ${new URL(provider.url).host}`
  /** Leaves a page of ours, signs in over there, and comes back. */
  async function leave(page: Awaited<ReturnType<typeof visitor.open>>, email: string) {
    const away = new URL((await visitor.press(page, label)).url)
    const callback = await visitIdentityProvider(away, email)
    return { away, page: await browser.open(callback.href) }
  }
  await leave(await visitor.open('/console'), OWNER)
  return {
    leave,
    ask: async () =>
      visitor.press(await visitor.open('/console/keys/new'), 'Continue', {
        ...{ name: 'Script', scope: ['invoices:read'] },
      }),
  }
}

describe('API keys in the console, where people sign in at an identity provider', () => {
  let running: Awaited<ReturnType<typeof start>>
  beforeAll(async () => {
    running = await start()
  })
  afterAll(() => running.close())

  async function start() {
    const provider = await startIdentityProvider()
    const demo = await startDemo()
    const upstream = await startFederatedUpstream({ demo, identityProvider: provider })
    const connector = await startWithLogin(oidcLogin(provider.url), upstream.url, {
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
    })
    const close = async () => {
      await connector.close()
      await upstream.close()
      await demo.close()
      await provider.close()
    }
    return { provider, url: connector.url, close }
  }

  it('are made once the member has signed in there again, which they are asked to', async () => {
    const { ask, leave } = await signInElsewhere(running.url, running.provider)

    const { away, page } = await leave(await ask(), OWNER)
    const key = fieldsOf(page).get('API key “Script”') ?? ''
    const read = await callTool(running.url, 'invoices.list', {}, bearer(key))

    expect(away.searchParams.get('prompt')).toContain('login')
    expect(new URL(page.url).pathname).toBe('/console/keys')
    expect(resultOf(read)).toHaveProperty('data')
  })

  it('are not made with another account', async () => {
    const { ask, leave } = await signInElsewhere(running.url, running.provider)

    const { page } = await leave(await ask(), 'admin@acme.example')

    expect(page.status).toBe(422)
    expect(toPlainText(page.text)).toContain('That is another account')
    expect(page.text).not.toContain('flowtly_sk_')
  })
})

describe('API keys in the console of a service', () => {
  it('need no second sign-in, as the service has one credential for everybody', async () => {
    await using provider = await startIdentityProvider({ claims: () => ({ email_verified: true }) })
    const scopes = ['openid', 'profile', 'email', 'offline_access']
    const access = { issuer: provider.url, scopes, domain: null, claim: null }
    await using service = await startService(serviceLogin({ access }), {
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
    })
    const { url } = service.connector
    const { ask } = await signInElsewhere(url, provider)

    const page = await ask()
    const key = fieldsOf(page).get('API key “Script”') ?? ''
    const read = await callTool(url, 'invoices.list', {}, bearer(key))

    expect(new URL(page.url).pathname).toBe('/console/keys')
    expect(resultOf(read)).toEqual({ data: [] })
    expect(service.heads[0]).not.toMatch(/^(?:authorization|cookie):/im)
  })
})
