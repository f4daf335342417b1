import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { startBrowserClient, type BrowserClient } from '../../../support/browser-client.ts'
import {
  findViolations,
  headingOf,
  openWatchedPage,
  press,
  readText,
  typeSignIn,
} from '../../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../../support/browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import {
  authorizationUrl,
  claimsOf,
  createPkce,
  registerClient,
} from '../../../support/oauth-client.ts'

/** Where pictures of the pages are kept for people to look at; none are taken without it. */
const PICTURES = process.env['PAGE_PICTURES']

const VARIANTS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 320 },
  ...(PICTURES === undefined
    ? []
    : [
        { colorScheme: 'dark', width: 1280 } as const,
        { colorScheme: 'light', width: 320 } as const,
      ]),
] as const

/** How a person gets to each page. */
const WAYS: readonly (readonly [string, string, (page: Page) => Promise<unknown>])[] = [
  ['sign-in', 'Sign in to Flowtly', () => Promise.resolve()],
  ['wrong-password', 'Sign in to Flowtly', (page) => typeSignIn(page, { password: 'guess' })],
  [
    'consent',
    'Connect Test client to Flowtly',
    (page) => typeSignIn(page, { email: 'consultant@partners.example' }),
  ],
  [
    'not-an-approver',
    'You cannot approve this connection',
    (page) => typeSignIn(page, { email: 'member@acme.example' }),
  ],
  ['expired', 'This page has expired', (page) => page.goto(`${page.url()}0`)],
  [
    'unknown-client',
    'This connection cannot be made',
    (page) => page.goto(new URL('/oauth/authorize?client_id=nobody', page.url()).href),
  ],
]

describeWithBrowser('the pages of a real sign-in', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let client: BrowserClient
  let browser: Browser
  beforeAll(async () => {
    if (PICTURES !== undefined) await mkdir(PICTURES, { recursive: true })
    running = await startWithDemo()
    client = await startBrowserClient()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await client.close()
    await running.close()
  })

  describe.each(VARIANTS)('$colorScheme at $width px', ({ colorScheme, width }) => {
    it.each(WAYS)('%s leaves nothing to axe, and nothing to scroll', async (name, title, go) => {
      const viewport = { width, height: 720 }
      const watched = await openWatchedPage(browser, { colorScheme, viewport, bypassCSP: true })
      const { page } = watched

      await page.goto((await client.begin(running.connector.url)).url)
      await go(page)

      expect(await headingOf(page)).toBe(title)
      if (PICTURES !== undefined) {
        const path = `${PICTURES}/${name}-${width}-${colorScheme}.png`
        await page.screenshot({ path, fullPage: true })
      }
      expect(await findViolations(page)).toEqual([])
      expect(await page.evaluate<unknown>('document.documentElement.scrollWidth')).toBe(width)
      await watched.close()
      expect(watched.complaints).toEqual([])
    })
  })

  it('show no client id in place of a name that a client did not give', async () => {
    const { page, close } = await openWatchedPage(browser)
    const { url } = running.connector
    const registered = await registerClient(url, {
      client_name: undefined,
      redirect_uris: [client.redirectUri],
    })

    await page.goto(authorizationUrl(url, registered, createPkce().challenge))
    expect(await readText(page)).toContain('A program without a name asks to read from Flowtly.')
    await typeSignIn(page)

    expect(await readText(page)).toContain('The program does not say what it is called.')
    expect(await readText(page)).not.toContain(registered.client_id)
    await close()
  })

  it('work in a browser that runs no script', async () => {
    const { page, complaints, close } = await openWatchedPage(browser, { javaScriptEnabled: false })
    const attempt = await client.begin(running.connector.url)

    await page.goto(attempt.url)
    await typeSignIn(page, { password: 'guess' })
    await typeSignIn(page, { email: 'consultant@partners.example' })
    await press(page, 'Allow')
    const tokens = await attempt.exchange()
    await close()

    expect(claimsOf(tokens.access_token)).toMatchObject({ org: 'acme' })
    expect(complaints).toEqual([])
  })

  it('can be gone through with the keyboard alone', async () => {
    const { page, close } = await openWatchedPage(browser)
    const attempt = await client.begin(running.connector.url)

    await page.goto(attempt.url)
    await page.keyboard.press('Tab')
    await page.keyboard.type('owner@acme.example')
    await page.keyboard.press('Tab')
    await page.keyboard.type('sluice-demo')
    await page.keyboard.press('Enter')
    await page.waitForSelector('input[type=checkbox]')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${client.redirectUri}**`)
    const tokens = await attempt.exchange()
    await close()

    expect(tokens.scope).not.toBe('')
    expect(tokens.scope).not.toContain('attachments:read')
  })
})
