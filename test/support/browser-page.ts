import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
/** Chromium notes every page with such a status; a page that refuses is meant to have one. */
const STATUS_NOTE = /^Failed to load resource: the server responded with a status of \d{3}/

/** A page in a browser of its own, with all that the browser complained of. */
export type WatchedPage = {
  readonly page: Page
  /** Console messages, script errors and violations of the policy; none is what a test expects. */
  readonly complaints: readonly string[]
  readonly close: () => Promise<void>
}

/** Opens a page that shares no cookie with any other. */
export async function openWatchedPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  return { page, complaints: watch(page), close: () => context.close() }
}

/** Collects what a browser complains of on a page. */
export function watch(page: Page): readonly string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (!STATUS_NOTE.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return complaints
}

/** Signs in on our own form. */
export async function typeSignIn(
  page: Page,
  { email = 'owner@acme.example', password = 'sluice-demo' } = {},
): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(password)
  await press(page, 'Sign in')
}

/** Presses a button by its name or a part of it, and waits for the page that follows. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name, exact: true })
  await Promise.all([page.waitForEvent('load'), button.click()])
}

/** Clicks a row of choices as people do: anywhere on it. */
export function choose(page: Page, label: string): Promise<void> {
  const labels = page.locator('label', { hasText: label })
  return page.locator('.choice').filter({ has: labels }).click()
}

/** What a page is about. */
export async function headingOf(page: Page): Promise<string> {
  return page.getByRole('heading', { level: 1 }).innerText()
}

/** What a part of a page says, without the marks that keep text of either direction apart. */
export async function readText(page: Page, selector = 'main'): Promise<string> {
  return (await page.locator(selector).innerText()).replaceAll(/[\u2066-\u2069]/g, '')
}

const axeResult = z.object({
  violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
})

/**
 * Runs axe; the page must have been opened with `bypassCSP`, as the policy keeps out every script.
 *
 * @param rules the only ones to look at; all by default
 */
export async function findViolations(
  page: Page,
  rules: readonly string[] | null = null,
): Promise<readonly string[]> {
  await page.addScriptTag({ path: AXE })
  const options = rules === null ? {} : { runOnly: rules }
  const { violations } = axeResult.parse(await page.evaluate(`axe.run(${JSON.stringify(options)})`))
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}
