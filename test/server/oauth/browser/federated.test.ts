import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startDemo, type Demo } from '../../../../demo/server.ts'
import { startBrowserClient, type BrowserClient } from '../../../support/browser-client.ts'
import {
  headingOf,
  openWatchedPage,
  press,
  readText,
  type WatchedPage,
} from '../../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../../support/browser.ts'
import { oidcLogin, startWithLogin } from '../../../support/connectors.ts'
import {
  startFederatedUpstream,
  type FederatedUpstream,
} from '../../../support/federated-upstream.ts'
import { catchCallback, leave, signInThere } from '../../../support/federated-person.ts'
import type { TestConnector } from '../../../support/flowtly.ts'
import { startIdentityProvider, type IdentityProvider } from '../../../support/identity-provider.ts'
import { authorizationUrl, claimsOf, createPkce } from '../../../support/oauth-client.ts'
import { createRealmClient } from '../../../support/realm-client.ts'

describeWithBrowser('a person who signs in at the vendor’s identity provider', () => {
  let identityProvider: IdentityProvider
  let demo: Demo
  let upstream: FederatedUpstream
  let connector: TestConnector
  let client: BrowserClient
  let browser: Browser
  let watched: WatchedPage
  let page: Page
  beforeAll(async () => {
    identityProvider = await startIdentityProvider()
    demo = await startDemo()
    upstream = await startFederatedUpstream({ demo, identityProvider })
    connector = await startWithLogin(oidcLogin(identityProvider.url), upstream.url, {
      OIDC_CLIENT_ID: identityProvider.clientId,
      OIDC_CLIENT_SECRET: identityProvider.clientSecret,
      TENANT_HOSTS: '{tenant}.localhost',
    })
    client = await startBrowserClient()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await client.close()
    await connector.close()
    await upstream.close()
    await demo.close()
    await identityProvider.close()
  })
  beforeEach(async () => {
    watched = await openWatchedPage(browser)
    page = watched.page
  })
  afterEach(async () => {
    await watched.close()
    expect(watched.complaints).toEqual([])
  })

  const begin = () => client.begin(connector.url)

  it('comes back to the consent page, allows, and the client is connected', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    expect(await headingOf(page)).toBe('Sign in to Flowtly')
    expect(await page.getByLabel('Password').count()).toBe(0)
    await signInThere(page)
    expect(new URL(page.url()).origin).toBe(connector.url)
    expect(await headingOf(page)).toBe('Connect Test client to Flowtly')
    expect(await readText(page, '.facts')).toContain('owner@acme.example')
    await press(page, 'Allow')

    const tokens = await attempt.exchange()
    expect(claimsOf(tokens.access_token)).toMatchObject({ iss: connector.url, org: 'acme' })
  })

  it('chooses among organizations, and can change the account', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await signInThere(page, 'consultant@partners.example')
    expect(await page.getByRole('radio').count()).toBe(2)
    await press(page, 'Use another account')
    await signInThere(page, 'owner@globex.example')
    await press(page, 'Allow')

    expect(claimsOf((await attempt.exchange()).access_token)).toMatchObject({ org: 'globex' })
  })

  it('refuses there, reads what that means, and can try again or cancel', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await leave(page)
    await press(page, 'Refuse')
    expect(await page.getByRole('alert').innerText()).toBe(
      'The sign-in was not completed. Try again, or cancel.',
    )
    await signInThere(page)
    expect(await headingOf(page)).toBe('Connect Test client to Flowtly')
    await press(page, 'Refuse')

    expect(attempt.callbacks().at(-1)?.searchParams.get('error')).toBe('access_denied')
  })

  it('cancels before leaving, and the client learns it', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await press(page, 'Cancel')

    expect(attempt.callbacks().at(-1)?.searchParams.get('error')).toBe('access_denied')
  })

  it('is told that a plain member cannot approve', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await signInThere(page, 'member@acme.example')

    expect(await headingOf(page)).toBe('You cannot approve this connection')
  })

  it.each([
    ['in its random part', (state: string) => `${state.slice(0, -3)}AAA`, 502],
    ['in the interaction that it names', (state: string) => state.replace('.', '.x'), 400],
    ['altogether', () => 'nonsense', 400],
  ])('gets nowhere with a state that was changed %s', async (_where, change, status) => {
    await page.goto((await begin()).url)
    const callback = await catchCallback(page)
    callback.searchParams.set('state', change(callback.searchParams.get('state') ?? ''))

    const response = await page.goto(callback.href)

    expect(response?.status()).toBe(status)
    expect(await page.getByRole('button', { name: 'Allow' }).count()).toBe(0)
  })

  it('finds nobody signed in behind a callback that was opened in another browser', async () => {
    await page.goto((await begin()).url)
    const callback = await catchCallback(page)
    const stranger = await openWatchedPage(browser)

    const response = await stranger.page.goto(callback.href)
    expect(response?.status()).toBe(400)
    expect(await headingOf(stranger.page)).toBe('This page has expired')
    await stranger.close()

    await page.goto(callback.href)
    expect(await headingOf(page)).toBe('Connect Test client to Flowtly')
  })

  it('cannot be slipped the code of somebody else’s sign-in', async () => {
    const stranger = await openWatchedPage(browser)
    await stranger.page.goto((await begin()).url)
    const theirs = await catchCallback(stranger.page, 'owner@globex.example')
    await page.goto((await begin()).url)
    const mine = await catchCallback(page)

    mine.searchParams.set('code', theirs.searchParams.get('code') ?? '')
    await page.goto(mine.href)

    expect(await page.getByRole('button', { name: 'Allow' }).count()).toBe(0)
    expect(await headingOf(page)).toBe('Sign in to Flowtly')
    await stranger.close()
  })

  it('is shown where it stands when a callback is opened again', async () => {
    const attempt = await begin()
    await page.goto(attempt.url)
    const callback = await catchCallback(page)

    await page.goto(callback.href)
    await page.goto(callback.href)
    expect(await headingOf(page)).toBe('Connect Test client to Flowtly')
    await press(page, 'Allow')
    await page.goto(callback.href)
    expect(await headingOf(page)).toBe('This page has expired')

    expect((await attempt.exchange()).status).toBe(200)
  })

  it('is back at the host of the organization that it began at', async () => {
    const acme = createRealmClient(`http://acme.localhost:${connector.port}`, connector.port)
    // The port of a loopback redirect is free (RFC 8252, section 7.3).
    const registered = { ...(await acme.register()), redirect_uri: client.redirectUri }
    const { verifier, challenge } = createPkce()

    await page.goto(authorizationUrl(acme.origin, registered, challenge))
    await signInThere(page, 'consultant@partners.example')
    expect(new URL(page.url()).origin).toBe(acme.origin)
    expect(await readText(page)).not.toContain('Globex')
    await press(page, 'Allow')
    await page.waitForURL(`${client.redirectUri}**`)

    const code = new URL(page.url()).searchParams.get('code') ?? ''
    const { body } = await acme.exchange({ client: registered, code, verifier })
    expect(claimsOf(String(body['access_token']))).toMatchObject({ iss: acme.origin, org: 'acme' })
  })
})
