import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startDemo, type Demo } from '../../../../demo/server.ts'
import { startBrowserClient, type BrowserClient } from '../../../support/browser-client.ts'
import {
  headingOf,
  openWatchedPage,
  press,
  type WatchedPage,
} from '../../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../../support/browser.ts'
import { startWithLogin } from '../../../support/connectors.ts'
import type { TestConnector } from '../../../support/flowtly.ts'
import { bearer, claimsOf, refreshTokens } from '../../../support/oauth-client.ts'
import { callTool, post, resultOf } from '../../../support/rpc.ts'

describeWithBrowser('a person who connects a client with API credentials', () => {
  let demo: Demo
  let connector: TestConnector
  let client: BrowserClient
  let browser: Browser
  let watched: WatchedPage
  let page: Page
  beforeAll(async () => {
    demo = await startDemo()
    connector = await startWithLogin({ kind: 'api-credentials' }, demo.url)
    client = await startBrowserClient()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await client.close()
    await connector.close()
    await demo.close()
  })
  beforeEach(async () => {
    watched = await openWatchedPage(browser)
    page = watched.page
  })
  afterEach(async () => {
    await watched.close()
    expect(watched.complaints).toEqual([])
  })

  const credentials = {
    email: 'owner@acme.example',
    key: 'acme-demo-key',
    secret: 'acme-demo-secret',
  }
  async function typeCredentials({ email, key, secret } = credentials) {
    await page.getByLabel('Email').fill(email)
    await page.getByLabel('API key').fill(key)
    await page.getByLabel('API secret').fill(secret)
    await press(page, 'Sign in')
  }

  it('types them once, and the connection goes on without them', async () => {
    const attempt = await client.begin(connector.url)

    await page.goto(attempt.url)
    expect(await page.getByLabel('API secret').getAttribute('type')).toBe('password')
    await typeCredentials()
    expect(await headingOf(page)).toBe('Connect Test client to Flowtly')
    expect(await page.content()).not.toContain('acme-demo')
    await press(page, 'Allow')

    const tokens = await attempt.exchange()
    expect(claimsOf(tokens.access_token)).toMatchObject({ org: 'acme' })
    const refreshed = await refreshTokens(connector.url, attempt.client, tokens.refresh_token)
    for (const { access_token: token } of [tokens, refreshed]) {
      const answer = await callTool(connector.url, 'invoices.list', {}, bearer(token))
      expect(resultOf(answer)).toHaveProperty('data')
    }
  })

  it.each([
    ['a wrong secret', { ...credentials, secret: 'guess' }],
    ['a wrong key', { ...credentials, key: 'guess' }],
    [
      'the address of another organization’s member',
      { ...credentials, email: 'owner@globex.example' },
    ],
    ['an unknown address', { ...credentials, email: 'nobody@acme.example' }],
  ])('is told the same of %s, and keeps what is no secret', async (_what, wrong) => {
    await page.goto((await client.begin(connector.url)).url)

    await typeCredentials(wrong)

    expect(await page.getByRole('alert').innerText()).toBe(
      'This was not accepted. Check every field and try again.',
    )
    expect(await page.getByLabel('Email').inputValue()).toBe(wrong.email)
    expect(await page.getByLabel('API secret').inputValue()).toBe('')
  })

  it('is told why a plain member’s address cannot approve', async () => {
    await page.goto((await client.begin(connector.url)).url)

    await typeCredentials({ ...credentials, email: 'member@acme.example' })

    expect(await headingOf(page)).toBe('You cannot approve this connection')
  })

  it('loses the connection when the upstream withdraws them', async () => {
    const attempt = await client.begin(connector.url)
    await page.goto(attempt.url)
    await typeCredentials({
      email: 'owner@globex.example',
      key: 'globex-demo-key',
      secret: 'globex-demo-secret',
    })
    await press(page, 'Allow')
    const headers = bearer((await attempt.exchange()).access_token)

    demo.database.exec("DELETE FROM api_credentials WHERE organization_id = 'globex'")
    const failed = await callTool(connector.url, 'invoices.list', {}, headers)

    expect(failed.error).toMatchObject({ code: -32_000, data: { status: 401 } })
    expect((await post(`${connector.url}/mcp`, '{}', headers)).status).toBe(401)
  })
})
