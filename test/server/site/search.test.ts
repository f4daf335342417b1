import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { openWatchedPage } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { startWithDemo } from '../../support/flowtly.ts'

const READ_FOUND = `[...document.querySelectorAll('.found a')].map(({ href }) => href)`

describeWithBrowser('the search of the documentation', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let browser: Browser
  let url: string
  beforeAll(async () => {
    running = await startWithDemo()
    url = running.connector.url
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await running.close()
  })

  it.each([
    ['invoices.list', '/docs/tools/invoices#invoices-list'],
    ['bank balance', '/docs/tools/bankAccounts'],
    ['mcp_disabled', '/docs/troubleshooting'],
    ['refresh token', '/docs/transport'],
    ['invioces', '/docs/tools/invoices'],
    ['counterp', '/docs/tools/counterparties'],
  ])('finds %s while it is typed', async (wish, target) => {
    const { page, complaints, close } = await openWatchedPage(browser)
    await page.goto(`${url}/docs/quickstart`)

    await page.getByRole('searchbox').fill(wish)
    await page.locator('.found a').first().waitFor()
    const hrefs = z.array(z.string()).parse(await page.evaluate(READ_FOUND))

    expect(hrefs.slice(0, 3)).toContainEqual(expect.stringContaining(url + target))
    expect(complaints).toEqual([])
    await close()
  })

  it('needs the keyboard only, and asks the server for nothing once the index is there', async () => {
    const { page, complaints, close } = await openWatchedPage(browser)
    await page.goto(`${url}/`)
    await page.keyboard.press('/')
    await page.keyboard.type('error')
    const results = page.getByRole('region', { name: 'Search results' })
    await results.getByRole('link').first().waitFor()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))

    await page.keyboard.type(' code')
    await page.getByRole('status').filter({ hasText: 'found' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    const focused = await page.evaluate<unknown>('document.activeElement.textContent')
    const first = await results.getByRole('link').first().textContent()
    await page.keyboard.press('ArrowUp')
    const inField = await page.evaluate<unknown>('document.activeElement.id')
    const before = [...asked]
    await page.keyboard.press('ArrowDown')
    await Promise.all([page.waitForURL(/\/docs\//), page.keyboard.press('Enter')])

    expect(focused).toBe(first)
    expect(inField).toBe('q')
    expect(before).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('says how many places there are, and when there is none', async () => {
    const { page, close } = await openWatchedPage(browser)
    await page.goto(`${url}/`)
    const status = page.getByRole('status')

    await page.getByRole('searchbox').fill('xyzzyquux')
    await status.filter({ hasText: 'Nothing found' }).waitFor()
    const none = await status.textContent()
    await page.getByRole('searchbox').fill('invoice')
    await status.filter({ hasText: 'found' }).filter({ hasNotText: 'Nothing' }).waitFor()
    const some = await status.textContent()
    await page.keyboard.press('Escape')

    expect(none).toBe('Nothing found for “xyzzyquux”')
    expect(some).toMatch(/^\d+ places? found/)
    expect(await page.getByRole('region', { name: 'Search results' }).isVisible()).toBe(false)
    await close()
  })

  it('shows what is typed as text', async () => {
    const { page, complaints, close } = await openWatchedPage(browser)
    await page.goto(`${url}/docs/search?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E`)
    await page.getByRole('status').filter({ hasText: 'Nothing found' }).waitFor()

    expect(await page.locator('img').count()).toBe(0)
    expect(complaints).toEqual([])
    await close()
  })

  it('leads to a list of what there is, where no script runs', async () => {
    const { page, close } = await openWatchedPage(browser, { javaScriptEnabled: false })
    await page.goto(`${url}/docs/quickstart`)

    await page.getByRole('searchbox').fill('payment schedule')
    await Promise.all([page.waitForURL(/search\?q=/), page.keyboard.press('Enter')])
    const found = page.locator('main').getByRole('link', { name: 'contracts.paymentScheduleLines' })
    await Promise.all([page.waitForURL(/contracts#/), found.click()])

    expect(page.url()).toBe(`${url}/docs/tools/contracts#contracts-paymentschedulelines`)
    await close()
  })

  it('copies a block of code with one press', async () => {
    const { page, complaints, close } = await openWatchedPage(browser, {
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    await page.goto(`${url}/docs/quickstart`)

    const block = page.locator('main pre').first()
    await page.getByRole('button', { name: 'Copy' }).first().click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()

    expect(await page.evaluate<unknown>('navigator.clipboard.readText()')).toBe(
      (await block.textContent())?.trimEnd(),
    )
    expect(complaints).toEqual([])
    await close()
  })
})
