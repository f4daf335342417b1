import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { openStore } from '../../../../server/store/open-store.ts'
import type { Store } from '../../../../server/store/store.ts'
import { startBrowserClient, type BrowserClient } from '../../../support/browser-client.ts'
import {
  headingOf,
  openWatchedPage,
  press,
  readText,
  typeSignIn,
  type WatchedPage,
} from '../../../support/browser-page.ts'
import { startBrowserSession } from '../../../support/browser-session.ts'
import { describeWithBrowser, openBrowser } from '../../../support/browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { bearer, claimsOf, decide, signIn } from '../../../support/oauth-client.ts'
import { callTool, resultOf } from '../../../support/rpc.ts'
import { until } from '../../../support/until.ts'

describeWithBrowser('a person who does not go straight on', () => {
  let folder: string
  let store: Store
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let client: BrowserClient
  let browser: Browser
  let watched: WatchedPage
  let page: Page
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-browser-'))
    const url = `sqlite:${join(folder, 'sluice.db')}`
    running = await startWithDemo({ DATABASE_URL: url })
    store = await openStore({ url, now: Date.now })
    client = await startBrowserClient()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await client.close()
    await running.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    watched = await openWatchedPage(browser)
    page = watched.page
  })
  afterEach(async () => {
    await watched.close()
    expect(watched.complaints).toEqual([])
  })
  const begin = (name = 'Test client') => client.begin(running.connector.url, { name })
  const listGrants = async (clientId: string) =>
    (await store.grants.list({})).filter((grant) => grant.clientId === clientId)

  it('finds an expired page when going back after consent, and has lost nothing', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page)
    await press(page, 'Allow')
    const tokens = await attempt.exchange()
    await page.goBack()
    expect(await headingOf(page)).toBe('This page has expired')
    await page.reload()
    expect(await headingOf(page)).toBe('This page has expired')
    await page.goto(page.url().replace('/interaction/', '/authorize/'))
    expect(await headingOf(page)).toBe('This page has expired')

    const headers = bearer(tokens.access_token)
    const answer = await callTool(running.connector.url, 'invoices.list', {}, headers)
    expect(resultOf(answer)).toHaveProperty('data')
    expect(await listGrants(attempt.client.client_id)).toHaveLength(1)
  })

  it('may reload the consent page, and come back to it', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page)
    await page.reload()
    expect(await headingOf(page)).toBe('Connect Test client to Flowtly')
    await page.goto('about:blank')
    await page.goBack()
    await press(page, 'Allow')

    expect((await attempt.exchange()).status).toBe(200)
  })

  it('sends the sign-in form again from an older tab, and is shown where it stands', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    const older = await page.context().newPage()
    await older.goto(page.url())
    await typeSignIn(page)
    await typeSignIn(older)

    expect(await headingOf(older)).toBe('This page has expired')
    await press(page, 'Allow')
    expect((await attempt.exchange()).status).toBe(200)
  })

  it('gets one connection from a double click', async () => {
    const attempt = await begin()

    await page.goto(attempt.url)
    await typeSignIn(page)
    await page.getByRole('button', { name: 'Allow' }).dblclick()
    await page.waitForURL(`${client.redirectUri}**`)

    expect((await attempt.exchange()).status).toBe(200)
    expect(await listGrants(attempt.client.client_id)).toHaveLength(1)
  })

  it('gets one connection from the same decision sent five times at once', async () => {
    const attempt = await begin()
    const session = startBrowserSession()
    const consent = await signIn(session, await session.open(attempt.url))

    const ends = await Promise.all(Array.from({ length: 5 }, () => decide(session, consent)))

    const codes = ends.filter(({ url }) => url.startsWith(client.redirectUri))
    expect(codes).not.toHaveLength(0)
    expect(await listGrants(attempt.client.client_id)).toHaveLength(1)
  })

  it('may send the decision again when its answer was lost on the way', async () => {
    const attempt = await begin()
    let isLost = false

    await page.goto(attempt.url)
    await typeSignIn(page)
    await page.route('**/oauth/interaction/*', async (route) => {
      if (route.request().method() !== 'POST' || isLost) return route.continue()
      await route.fetch({ maxRedirects: 0 })
      await route.abort()
      isLost = true
    })
    await page.getByRole('button', { name: 'Allow' }).click()
    await until(() => isLost)
    await page.unrouteAll({ behavior: 'wait' })
    await page.goBack()
    await page.waitForURL(`${client.redirectUri}**`)

    expect((await attempt.exchange()).status).toBe(200)
    expect(await listGrants(attempt.client.client_id)).toHaveLength(1)
  })

  it('connects two clients in two tabs, and they do not mix', async () => {
    const one = await begin('First client')
    const two = await begin('Second client')
    const other = await page.context().newPage()

    await page.goto(one.url)
    await other.goto(two.url)
    await typeSignIn(page)
    await typeSignIn(other, { email: 'owner@globex.example' })
    expect(await headingOf(page)).toBe('Connect First client to Flowtly')
    expect(await headingOf(other)).toBe('Connect Second client to Flowtly')
    expect(await readText(page, '.facts')).toContain('owner@acme.example')
    await page.reload()
    await press(page, 'Allow')
    await press(other, 'Allow')

    const [first, second] = [await one.exchange(), await two.exchange()]
    expect(claimsOf(first.access_token)).toMatchObject({ org: 'acme' })
    expect(claimsOf(second.access_token)).toMatchObject({ org: 'globex' })
    expect(claimsOf(first.access_token)['client_id']).toBe(one.client.client_id)
    expect(claimsOf(second.access_token)['client_id']).toBe(two.client.client_id)
  })

  it('cannot open the page of another browser', async () => {
    const attempt = await begin()
    const stranger = await openWatchedPage(browser)

    await page.goto(attempt.url)
    await typeSignIn(page)
    await stranger.page.goto(page.url())

    expect(await headingOf(stranger.page)).toBe('This page has expired')
    expect(await readText(stranger.page)).not.toContain('owner@acme.example')
    await stranger.close()
  })
})
