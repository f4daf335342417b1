import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { startBrowserSession, type Page } from '../../support/browser-session.ts'
import { oidcLogin, startWithLogin } from '../../support/connectors.ts'
import { visitConsole, type ConsoleVisitor } from '../../support/console-session.ts'
import { startFederatedUpstream, type FederatedUpstream } from '../../support/federated-upstream.ts'
import { fetchAt } from '../../support/fetch-at.ts'
import type { TestConnector } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../support/identity-provider.ts'
import { findForm } from '../../support/page-forms.ts'

const EMAIL = 'owner@acme.example'

describe('signing in to the console at the vendor’s identity provider', () => {
  let provider: Awaited<ReturnType<typeof startIdentityProvider>>
  let demo: Demo
  let upstream: FederatedUpstream
  let connector: TestConnector
  let visitor: Omit<ConsoleVisitor, 'first'>

  beforeAll(async () => {
    provider = await startIdentityProvider()
    demo = await startDemo()
    upstream = await startFederatedUpstream({ demo, identityProvider: provider })
    connector = await startWithLogin(oidcLogin(provider.url), upstream.url, {
      OIDC_CLIENT_ID: provider.clientId,
      OIDC_CLIENT_SECRET: provider.clientSecret,
      TENANT_HOSTS: '{tenant}.localhost',
    })
  })
  afterAll(async () => {
    await connector.close()
    await upstream.close()
    await demo.close()
    await provider.close()
  })
  beforeEach(() => {
    visitor = visitConsole(connector.url)
  })

  const leave = (page: Page): Promise<Page> =>
    visitor.press(page, `Continue to ${new URL(provider.url).host}`)

  it('leads to the page that was wanted', async () => {
    const away = await leave(await visitor.open('/account?from=mail'))

    const callback = await visitIdentityProvider(new URL(away.url), EMAIL)
    const page = await visitor.open(callback.href)

    expect(page.url).toBe(`${connector.url}/account?from=mail`)
    expect(toPlainText(page.text)).toContain('My connections')
  })

  it('comes back to the form when the person refuses there', async () => {
    const away = await leave(await visitor.open('/console'))

    const page = await visitor.open((await visitIdentityProvider(new URL(away.url), null)).href)

    expect([page.status, toPlainText(page.text)]).toEqual([
      422,
      expect.stringContaining('The sign-in was not completed. Try again.'),
    ])
    const again = await leave(page)
    const callback = await visitIdentityProvider(new URL(again.url), EMAIL)
    expect((await visitor.open(callback.href)).url).toBe(`${connector.url}/console`)
  })

  it('takes an answer once, in the browser that has asked, and no answer to another question', async () => {
    const first = await visitIdentityProvider(
      new URL((await leave(await visitor.open('/console'))).url),
      EMAIL,
    )
    const away = await leave(await visitor.open('/console'))
    const callback = await visitIdentityProvider(new URL(away.url), EMAIL)
    const thief = visitConsole(connector.url)

    const elsewhere = await thief.open(callback.href)
    const older = await visitor.open(first.href)
    const inside = await visitor.open(callback.href)
    await visitor.press(inside, 'Sign out')
    const again = await visitor.open(callback.href)

    expect([elsewhere.status, older.status, inside.status, again.status]).toEqual([
      400, 400, 200, 400,
    ])
    expect(new URL((await thief.open('/console')).url).pathname).toBe('/console/sign-in')
    expect(new URL((await visitor.open('/console')).url).pathname).toBe('/console/sign-in')
  })

  it('says so when the identity provider is away', async () => {
    const own = await startIdentityProvider()
    const { url } = own
    await using other = await startWithLogin(oidcLogin(url), upstream.url, {
      OIDC_CLIENT_ID: own.clientId,
      OIDC_CLIENT_SECRET: own.clientSecret,
    })
    await own.close()
    const stranded = visitConsole(other.url)

    const page = await stranded.open('/console')
    const after = await stranded.press(page, `Continue to ${new URL(url).host}`)

    expect([after.status, toPlainText(after.text)]).toEqual([
      502,
      expect.stringContaining('the service is not answering'),
    ])
  })

  it('comes back to the host of an organization, where it began', async () => {
    const origin = `http://acme.localhost:${connector.port}`
    const session = startBrowserSession({ send: fetchAt(connector.port) })
    const page = await session.open(`${origin}/account`)
    const { url, fields } = findForm(page, `Continue to ${new URL(provider.url).host}`)
    const away = await session.post(
      url,
      new URLSearchParams(fields.map(([name, value]) => [name, value])),
    )
    const callback = await visitIdentityProvider(new URL(away.url), EMAIL)

    const back = await session.open(callback.href)
    const signedIn = await session.open(back.url)

    expect(callback.origin).toBe(connector.url)
    expect(new URL(back.url).origin).toBe(origin)
    expect(new URL(back.url).pathname).toBe('/console/sign-in/callback')
    expect(signedIn.url).toBe(`${origin}/account`)
    expect(toPlainText(signedIn.text)).toContain('Acme Industries')
  })

  it('ends when the provider takes the credential back, and not before', async () => {
    const away = await leave(await visitor.open('/console'))
    await visitor.open((await visitIdentityProvider(new URL(away.url), EMAIL)).href)
    upstream.expireAll()

    expect((await visitor.open('/console')).url).toBe(`${connector.url}/console`)
  })
})
