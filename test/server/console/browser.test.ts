import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { headingOf, press, typeSignIn, type WatchedPage } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { openConsole } from '../../support/console-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'

describeWithBrowser('the console in Chromium', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let browser: Browser
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    running = await startWithDemo()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await running.close()
  })
  beforeEach(async () => {
    watched = await openConsole(browser, running.connector.url)
    page = watched.page
  })
  afterEach(() => watched.close())

  const signOut = async () => {
    await page.locator('.person summary').click()
    await press(page, 'Sign out')
  }

  it('is complained of by nobody: every script and style is ours', async () => {
    await page.goto(`${running.connector.url}/account`)
    await signOut()

    expect(watched.complaints).toEqual([])
  })

  it('keeps its cookies from scripts', async () => {
    const cookies = await page.context().cookies()

    expect(await page.evaluate('document.cookie')).toBe('')
    expect(cookies).toEqual([
      expect.objectContaining({
        ...{ name: '__Host-sluice-console', path: '/', expires: -1 },
        ...{ httpOnly: true, secure: true, sameSite: 'Lax' },
      }),
    ])
  })

  it('shows nothing by the button “back” after its member has signed out', async () => {
    await page.goto(`${running.connector.url}/account`)
    await signOut()

    await page.goBack()

    expect(await headingOf(page)).toBe('Sign in to the console')
  })

  it('runs no script that somebody got into a page', async () => {
    await page.goto(`${running.connector.url}/console/tools/projects.list/try`)
    await page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<img src="x:" onerror="window.ran = 1"><button id="evil" hx-on:click="window.ran = 1">x</button>')`,
    )
    await page.evaluate('htmx.process(document.body)')
    await page.locator('#evil').click()

    expect(await page.evaluate('window.ran ?? null')).toBeNull()
  })

  it('does nothing that a page of another origin asks for', async () => {
    const other = await page.context().newPage()
    await other.goto('data:text/html,<p>Elsewhere</p>')

    await Promise.all([
      other.waitForEvent('load'),
      other.evaluate(`
        const form = document.createElement('form')
        form.method = 'post'
        form.action = ${JSON.stringify(`${running.connector.url}/console/sign-out`)}
        document.body.append(form)
        form.submit()
      `),
    ])
    await page.reload()

    expect(await headingOf(page)).toBe('Overview')
  })

  it('signs somebody in again where a part of a page comes too late, and comes back to the page', async () => {
    const url = `${running.connector.url}/console/tools/projects.list/try`
    await page.goto(url)
    await page.context().clearCookies()

    await page.getByRole('button', { name: 'Call the tool' }).click()
    await page.getByText('You are no longer signed in').waitFor()
    await press(page, 'Sign in')
    const asked = await headingOf(page)
    await typeSignIn(page)

    expect(asked).toBe('Sign in to the console')
    expect(page.url()).toBe(url)
    expect(watched.complaints).toEqual([])
  })

  it('copies the address', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])

    await page.locator('[data-copy="url"]').click()

    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `${running.connector.url}/mcp`,
    )
  })
})
