import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { findViolations } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { startWithDemo } from '../../support/flowtly.ts'

/** A scheme changes colours, a width what is where: each is looked at once. */
const VARIANTS = [
  { colorScheme: 'light', width: 1440 },
  { colorScheme: 'dark', width: 320 },
] as const

describeWithBrowser('accessibility of the documentation', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let browser: Browser
  let url: string
  let paths: readonly string[]
  beforeAll(async () => {
    running = await startWithDemo()
    url = running.connector.url
    browser = await openBrowser()
    const list = await (await fetch(`${url}/llms.txt`)).text()
    const files = [...list.matchAll(/\]\(([^)]+)\.md\)/g)].map(([, file = '']) => file)
    const all = files.map((file) => file.slice(url.length).replace(/^\/index$/, '/'))
    // Of pages that are written from the same template, the longest.
    const some = all.filter((path) => !/^\/docs\/tools\/(?!invoices|transactions)/.test(path))
    paths = [...some, '/docs/search', '/docs/nothing']
  })
  afterAll(async () => {
    await browser.close()
    await running.close()
  })

  describe.each(VARIANTS)('$colorScheme at $width px', ({ colorScheme, width }) => {
    let page: Page
    beforeAll(async () => {
      // The policy would keep axe out as it keeps out every other script.
      page = await browser.newPage({
        colorScheme,
        viewport: { width, height: 900 },
        bypassCSP: true,
      })
    })
    afterAll(() => page.context().close())

    it('no page leaves anything to axe, or to scroll sideways', async () => {
      const found: string[] = []
      for (const path of paths) {
        await page.goto(url + path)
        const violations = await findViolations(page)
        const scrolled = await page.evaluate<unknown>('document.documentElement.scrollWidth')
        found.push(...violations.map((each) => `${path} ${each}`))
        if (scrolled !== width) found.push(`${path} is ${String(scrolled)} px wide`)
      }

      expect(paths.length).toBeGreaterThan(15)
      expect(found).toEqual([])
    }, 120_000)

    it('the results of a search leave nothing to axe', async () => {
      await page.goto(`${url}/docs/quickstart`)
      await page.getByRole('searchbox').fill('invoice')
      await page.getByRole('region', { name: 'Search results' }).getByRole('link').first().waitFor()

      expect(await findViolations(page)).toEqual([])
      expect(await page.evaluate<unknown>('document.documentElement.scrollWidth')).toBe(width)
    })

    it('the keyboard comes to the content at once, and to all pages', async () => {
      await page.goto(`${url}/docs/quickstart`)
      await page.keyboard.press('Tab')
      const first = await page.evaluate<unknown>('document.activeElement.textContent')
      await page.keyboard.press('Enter')
      const target = await page.evaluate<unknown>('document.activeElement.id')

      const summary = page.getByText('All pages', { exact: true })
      if (await summary.isVisible()) await summary.press('Enter')
      const link = page
        .getByRole('navigation', { name: 'Documentation' })
        .getByRole('link', { name: 'Invoices' })
      await link.press('Enter')
      await page.waitForURL(/invoices/)

      expect([first, target]).toEqual(['Skip to the content', 'content'])
    })
  })
})
