import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { findPages, type FoundPage } from '../../../screenshots/walk.ts'
import { findViolations, type WatchedPage } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { openConsole, signInToConsole } from '../../support/console-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import { AFTER_FORMS, furnishConsole } from '../../support/furnish-console.ts'
import { measureWeight } from '../../support/page-weight.ts'

const OWNER = 'owner@acme.example'
const MAX_BYTES = 60 * 1024
/** CSS pixels. */
const NARROW = 320
const WIDE = 1440

describeWithBrowser('every page of the console', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let browser: Browser
  let found: readonly FoundPage[]

  beforeAll(async () => {
    running = await startWithDemo()
    browser = await openBrowser()
    const origin = running.connector.url
    const owner = await signInToConsole(origin)
    await furnishConsole(owner, {
      ...{ origin, email: OWNER, organization: 'acme', mark: 'Zeppelin' },
    })
    const fetchPage = async (url: string) => {
      const { headers, text } = await owner.open(url)
      return { html: headers.get('content-type')?.startsWith('text/html') === true ? text : null }
    }
    const roots = ['/console', '/account', ...AFTER_FORMS].map((path) => `${origin}${path}`)
    found = await findPages(fetchPage, roots)
  }, 60_000)
  afterAll(async () => {
    await browser.close()
    await running.close()
  })

  /** Opens each in turn; gives what was said of any of them. */
  async function forEachPage(
    watched: WatchedPage,
    look: (name: string) => Promise<readonly string[]>,
  ): Promise<readonly string[]> {
    const said: string[] = []
    for (const { url, name } of found) {
      await watched.page.goto(url)
      said.push(...(await look(name)).map((what) => `${name}: ${what}`))
    }
    await watched.close()
    expect(found.length).toBeGreaterThan(10)
    return said
  }

  it.each([NARROW, WIDE])(
    'is accessible at %d px, light and dark',
    async (width) => {
      const viewport = { width, height: 900 }
      const watched = await openConsole(browser, running.connector.url, {
        viewport,
        bypassCSP: true,
      })
      const { page } = watched

      const violations = await forEachPage(watched, async () => {
        const light = await findViolations(page)
        await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
        // The scheme changes nothing else.
        const dark = await findViolations(page, ['color-contrast'])
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
        return [...light, ...dark.map((what) => `dark: ${what}`)]
      })

      expect(violations).toEqual([])
    },
    240_000,
  )

  it('fits a small telephone', async () => {
    const viewport = { width: NARROW, height: 600 }
    const watched = await openConsole(browser, running.connector.url, { viewport })

    const wide = await forEachPage(watched, async () => {
      const width = await watched.page.evaluate('document.documentElement.scrollWidth')
      return width === NARROW ? [] : [`${String(width)} px`]
    })

    expect(wide).toEqual([])
  }, 120_000)

  it('has one heading of its own, and no level left out', async () => {
    const watched = await openConsole(browser, running.connector.url)

    const wrong = await forEachPage(watched, async () => {
      const levels = await watched.page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]))",
      )
      return findJumps(levels)
    })

    expect(wrong).toEqual([])
  }, 120_000)

  it('runs nothing that the policy keeps out, and makes the browser complain of nothing', async () => {
    const watched = await openConsole(browser, running.connector.url)

    await forEachPage(watched, () => Promise.resolve([]))

    expect(watched.complaints).toEqual([])
  }, 120_000)

  it('weighs less than 60 kB on the wire, with all that it loads', async () => {
    const watched = await openConsole(browser, running.connector.url)
    const weigh = await measureWeight(watched.page)

    const heavy = await forEachPage(watched, async () => {
      const bytes = await weigh()
      return bytes > 0 && bytes < MAX_BYTES ? [] : [`${bytes} bytes`]
    })

    expect(heavy).toEqual([])
  }, 120_000)
})

/** What is wrong with a page's headings. */
function findJumps(levels: unknown): readonly string[] {
  if (!Array.isArray(levels)) return ['no headings']
  const numbers = levels.map(Number)
  const jumps = numbers.filter((level, index) => level > (numbers[index - 1] ?? 0) + 1)
  const isAlone = numbers.filter((level) => level === 1).length === 1
  return [...(isAlone ? [] : ['not one h1']), ...jumps.map((level) => `h${level} too early`)]
}
