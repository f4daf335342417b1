import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import { findViolations } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { startPageServer } from './page-server.ts'
import { SAMPLES } from './samples.ts'

const NAMES = SAMPLES.map(([name]) => name)
const VARIANTS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [320, 1280].map((width) => ({ colorScheme, width })),
)

describeWithBrowser('accessibility of the pages', () => {
  let server: Awaited<ReturnType<typeof startPageServer>>
  let browser: Browser
  beforeAll(async () => {
    server = await startPageServer(SAMPLES)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser.close()
    await server.close()
  })

  describe.each(VARIANTS)('$colorScheme at $width px', ({ colorScheme, width }) => {
    let page: Page
    beforeAll(async () => {
      // The policy would keep axe out as it keeps out every other script.
      page = await browser.newPage({
        colorScheme,
        viewport: { width, height: 720 },
        bypassCSP: true,
      })
    })
    afterAll(() => page.context().close())

    it.each(NAMES)('%s leaves nothing to axe, and nothing to scroll sideways', async (name) => {
      await page.goto(`${server.url}/${name}`)

      expect(await findViolations(page)).toEqual([])
      expect(await page.evaluate<unknown>('document.documentElement.scrollWidth')).toBe(width)
    })

    it.each(NAMES)('Tab reaches every control of %s in order, visibly', async (name) => {
      await page.goto(`${server.url}/${name}`)
      const count = z.int().parse(await page.evaluate(NUMBER_CONTROLS))

      const stops: unknown[] = []
      for (let stop = 0; stop < count; stop += 1) {
        await page.keyboard.press('Tab')
        stops.push(await page.evaluate(DESCRIBE_FOCUS))
      }

      expect(stops).toEqual(
        Array.from({ length: count }, (_, index) => ({ index: String(index), isVisible: true })),
      )
    })
  })

  it('a problem has the focus when its page opens, so that it is read out first', async () => {
    const page = await browser.newPage()
    await page.goto(`${server.url}/sign-in-again`)

    expect(await page.evaluate<unknown>('document.activeElement.id')).toBe('problem')
  })
})

/** Numbers the controls that Tab should reach; a group of radio buttons is one stop. */
const NUMBER_CONTROLS = `(() => {
  const controls = document.querySelectorAll(
    'a[href], button, input:not([type=hidden], [type=radio], :disabled), input[type=radio]:checked',
  )
  controls.forEach((each, index) => each.setAttribute('data-index', String(index)))
  return controls.length
})()`

const DESCRIBE_FOCUS = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement)
  return {
    index: document.activeElement.getAttribute('data-index'),
    isVisible: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2,
  }
})()`
