import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { openConsole } from '../../support/console-session.ts'
import { startRooms } from '../../support/console-rooms.ts'
import type { WatchedPage } from '../../support/browser-page.ts'

describeWithBrowser('the pages of a tool, with scripts', () => {
  let browser: Browser
  let rooms: Awaited<ReturnType<typeof startRooms>>
  let watched: WatchedPage
  beforeAll(async () => {
    browser = await openBrowser()
    rooms = await startRooms()
  })
  beforeEach(async () => {
    watched = await openConsole(browser, rooms.url, {
      to: '/console/tools/invoices.list/try',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
  })
  afterEach(() => watched.close())
  afterAll(async () => {
    await rooms.close()
    await browser.close()
  })

  it('show an answer without losing what was typed or where one was', async () => {
    const { page, complaints } = watched
    let loads = 0
    page.on('load', () => (loads += 1))
    await page.getByLabel('q', { exact: true }).fill('nordwind')
    await page.getByLabel('pageSize').fill('2')

    await page.getByRole('button', { name: 'Call the tool' }).press('Enter')
    await page.locator('#answer pre').waitFor()

    expect(await page.locator('#answer').innerText()).toContain('Answered')
    expect(await page.getByLabel('q', { exact: true }).inputValue()).toBe('nordwind')
    expect(loads).toBe(0)
    expect(complaints).toEqual([])
  })

  it('offer the sign-in where the session has ended meanwhile', async () => {
    const { page } = watched
    await page.context().clearCookies()

    await page.getByRole('button', { name: 'Call the tool' }).click()
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('Password').waitFor()

    expect(new URL(page.url()).pathname).toBe('/console/sign-in')
  })

  it('show a refusal in place of the page', async () => {
    const { page } = watched
    await page.evaluate(`document.querySelector('form[hx-post] [name=csrf]').value = 'forged'`)

    await page.getByRole('button', { name: 'Call the tool' }).click()
    await page.getByText('This form is not from here').waitFor()

    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1)
  })

  it('show what a model will see while one types, and what is wrong with it', async () => {
    const { page, complaints } = watched
    await page.goto(`${rooms.url}/console/tools/invoices.list/text`)
    const preview = page.locator('#preview')

    await page.getByLabel('Description').fill('Finds invoices of Acme.')
    await preview.getByText('Finds invoices of Acme.').waitFor()
    await page.getByLabel('Description').fill('x'.repeat(3_000))
    await preview.getByText('This has 3,000 bytes').waitFor()

    expect(complaints).toEqual([])
  })

  it('keep what was written when the session has ended meanwhile, and say so', async () => {
    const { page } = watched
    await page.goto(`${rooms.url}/console/tools/invoices.list/text`)
    await page.context().clearCookies()

    await page.getByLabel('Description').fill('Finds invoices of Acme.')
    await page.locator('#preview').getByText('copy it first').waitFor()

    expect(await page.getByLabel('Description').inputValue()).toBe('Finds invoices of Acme.')
    expect(await page.locator('#preview a').getAttribute('href')).toBe(
      `/console/sign-in?to=${encodeURIComponent('/console/tools/invoices.list/text')}`,
    )
  })
})
