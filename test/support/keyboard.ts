import type { Page } from 'playwright-core'
import { z } from 'zod'

const MAX_STEPS = 150
/** In the report of a way that is not there. */
const MAX_NAME_CHARS = 60
const focusedSchema = z.object({ name: z.string(), isVisible: z.boolean() })
/** What has the focus, by what it says, and whether a person sees that it has it. */
const FOCUSED = `(() => {
  const element = document.activeElement
  const label = element.labels?.[0] ?? element
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  return {
    name: (element.getAttribute('aria-label') ?? label.textContent).replaceAll(/[\\u2066-\\u2069]/g, '').replaceAll(/\\s+/g, ' ').trim(),
    isVisible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && box.width > 0,
  }
})()`

/**
 * Goes on with the tabulator key until something has the focus that says so.
 *
 * @param name what it, or its label, says: whole, or what it begins with
 * @throws {Error} where nothing says so, or nobody sees that it has the focus
 */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed = new Set<string>()
  for (let step = 0; step < MAX_STEPS; step += 1) {
    await page.keyboard.press('Tab')
    const focused = focusedSchema.parse(await page.evaluate(FOCUSED))
    passed.add(focused.name.slice(0, MAX_NAME_CHARS))
    if (typeof name === 'string' ? focused.name === name : name.test(focused.name)) {
      if (!focused.isVisible) throw new Error(`nobody sees the focus on "${focused.name}"`)
      return
    }
  }
  throw new Error(`no way to "${String(name)}" at ${page.url()}: ${[...passed].join(' | ')}`)
}

/** Goes to a link or button, presses it, and waits for the page that follows. */
export async function tabAndPress(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name)
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Goes to a field and replaces what is in it. */
export async function tabAndType(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}
