import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startBrowserClient, type BrowserClient } from '../../../support/browser-client.ts'
import {
  choose,
  headingOf,
  openWatchedPage,
  press,
  readText,
  typeSignIn,
  type WatchedPage,
} from '../../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../../support/browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { bearer, claimsOf, refreshTokens } from '../../../support/oauth-client.ts'
import { callTool, post, resultOf, rpc } from '../../../support/rpc.ts'

describeWithBrowser('a person who connects a client with a password', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let client: BrowserClient
  let browser: Browser
  let watched: WatchedPage
  let page: Page
  beforeAll(async () => {
    running = await startWithDemo()
    client = await startBrowserClient()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await client.close()
    await running.close()
  })
  beforeEach(async () => {
    watched = await openWatchedPage(browser)
    page = watched.page
  })
  afterEach(async () => {
    await watched.close()
    expect(watched.complaints).toEqual([])
  })
  const begin = (name?: string) =>
    client.begin(running.connector.url, name === undefined ? {} : { name })

  /** Makes the upstream fail below a path; `null` mends it. */
  async function failUpstream(path: string | null) {
    await fetch(new URL('/_faults', running.demo.url), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(path === null ? [] : [{ kind: 'status', status: 503, path }]),
    })
  }

  it('signs in, allows, and the client gets a tool result', async () => {
    const { url } = running.connector
    const attempt = await begin('Ledger helper')

    await page.goto(attempt.url)
    expect(await headingOf(page)).toBe('Sign in to Flowtly')
    expect(await readText(page)).toContain('Ledger helper')
    await typeSignIn(page)
    expect(await headingOf(page)).toBe('Connect Ledger helper to Flowtly')
    expect(await readText(page, '.facts')).toContain('owner@acme.example')
    await press(page, 'Allow')

    expect(await page.innerText('p')).toBe('Back')
    const [callback] = attempt.callbacks()
    expect(callback?.searchParams.get('iss')).toBe(url)
    const tokens = await attempt.exchange()
    expect(claimsOf(tokens.access_token)).toMatchObject({ org: 'acme', aud: `${url}/mcp` })
    const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))
    expect(resultOf(answer)).toHaveProperty('data')
  })

  it('stays connected over a refresh, is out after a revocation, and comes back', async () => {
    const { url } = running.connector
    const connectAgain = async () => {
      const attempt = await begin()
      await page.goto(attempt.url)
      await typeSignIn(page)
      await press(page, 'Allow')
      return { client: attempt.client, tokens: await attempt.exchange() }
    }
    const statusOf = async (headers: Record<string, string>) =>
      (await post(`${url}/mcp`, '{"jsonrpc":"2.0","id":1,"method":"ping"}', headers)).status
    const before = await statusOf({})

    const { client: connected, tokens } = await connectAgain()
    const refreshed = await refreshTokens(url, connected, tokens.refresh_token)
    const after = await callTool(url, 'invoices.list', {}, bearer(refreshed.access_token))
    await fetch(`${url}/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: connected.client_id,
        token: refreshed.refresh_token,
      }),
    })
    const revoked = await statusOf(bearer(refreshed.access_token))
    const again = await connectAgain()
    const last = await callTool(url, 'invoices.list', {}, bearer(again.tokens.access_token))

    expect([before, revoked]).toEqual([401, 401])
    expect(resultOf(after)).toHaveProperty('data')
    expect(resultOf(last)).toHaveProperty('data')
  })

  it('sees that a password is wrong, and need not type the address again', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page, { password: 'guess' })

    expect(await page.getByRole('alert').innerText()).toBe(
      'This was not accepted. Check every field and try again.',
    )
    expect(await page.title()).toMatch(/^Problem: /)
    expect(await page.getByLabel('Email').inputValue()).toBe('owner@acme.example')
    expect(await page.getByLabel('Password').inputValue()).toBe('')

    await page.getByLabel('Password').fill('sluice-demo')
    await page.keyboard.press('Enter')
    await press(page, 'Allow')
    expect((await attempt.exchange()).status).toBe(200)
  })

  it('chooses among organizations, and reads why one of them cannot be chosen', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page, { email: 'consultant@partners.example' })

    const acme = page.getByRole('radio', { name: 'Acme Industries admin' })
    const globex = page.getByRole('radio', { name: 'Globex “North Sea” Ltd member' })
    expect(await acme.isChecked()).toBe(true)
    expect(await globex.isDisabled()).toBe(true)
    expect(await readText(page, '#organization-1-about')).toContain('Your role here is “member”.')
    await choose(page, 'Acme Industries')
    await press(page, 'Allow')
    expect(claimsOf((await attempt.exchange()).access_token)).toMatchObject({ org: 'acme' })
  })

  it('chooses what may be read, and the client sees nothing else', async () => {
    const { url } = running.connector
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page)
    for (const row of await page.locator('.choice').all()) await row.click()
    await press(page, 'Allow')
    expect(await page.getByRole('alert').innerText()).toMatch(/^Choose at least one kind of data/)
    await choose(page, 'Invoices')
    await press(page, 'Allow')

    const tokens = await attempt.exchange()
    expect(tokens.scope).toBe('invoices:read')
    const list = await rpc(url, 'tools/list', {}, bearer(tokens.access_token))
    const names = JSON.stringify(list.result?.['tools'])
    expect(names).toContain('invoices.list')
    expect(names).not.toContain('contracts.list')
  })

  it('is told why a plain member cannot approve, and gets back to the client', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page, { email: 'member@acme.example' })

    expect(await headingOf(page)).toBe('You cannot approve this connection')
    expect(await readText(page)).toContain('Your role is “member” in “Acme Industries”.')
    await press(page, 'Go back without connecting')
    expect(attempt.callbacks().at(-1)?.searchParams.get('error')).toBe('access_denied')
  })

  it.each(['owner@acme.example', 'member@acme.example'])(
    'as %s goes back and uses another account',
    async (email) => {
      const attempt = await begin()

      await page.goto(attempt.url)
      await typeSignIn(page, { email })
      await press(page, 'Use another account')
      expect(await headingOf(page)).toBe('Sign in to Flowtly')
      expect(await page.getByLabel('Email').inputValue()).toBe('')
      await typeSignIn(page, { email: 'owner@globex.example' })
      await press(page, 'Allow')

      expect(claimsOf((await attempt.exchange()).access_token)).toMatchObject({ org: 'globex' })
    },
  )

  it.each([
    ['before signing in', 'Cancel', () => Promise.resolve()],
    ['after signing in', 'Refuse', () => typeSignIn(page)],
  ])('refuses %s, and the client learns it', async (_when, button, before) => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await before()
    await press(page, button)

    expect(await page.innerText('p')).toBe('Back')
    const params = attempt.callbacks().at(-1)?.searchParams
    expect(params?.get('error')).toBe('access_denied')
    expect(params?.get('iss')).toBe(running.connector.url)
    expect(params?.has('code')).toBe(false)
  })

  it('is told when the service does not answer, and goes on once it does', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await failUpstream('/sessions')
    await typeSignIn(page)
    expect(await page.getByRole('alert').innerText()).toContain('the service is not answering')
    await failUpstream(null)
    await typeSignIn(page)
    await failUpstream('/me')
    await press(page, 'Allow')
    expect(await headingOf(page)).toBe('The service is not answering')
    await failUpstream(null)
    await page.goBack()
    await press(page, 'Allow')

    expect((await attempt.exchange()).status).toBe(200)
  })
})
