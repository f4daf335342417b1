import type { Page } from 'playwright-core'
import { pressAndWait } from './connect.ts'
import type { Shoot } from './shoot.ts'

/** Does in the console what leaves something to see, and takes pictures of what is shown once. */
export async function workInConsole(
  page: Page,
  options: { readonly origin: string; readonly shoot: Shoot },
): Promise<void> {
  const { origin, shoot } = options
  await page.goto(`${origin}/console/clients/new?type=claude`)
  await page.getByLabel('Name').fill('Claude for the finance team')
  await pressAndWait(page, 'Register it')
  await shoot(page, 'console-clients-id-once')
  await page.goto(`${origin}/console/clients/new?type=other`)
  await page.getByLabel('Name').fill('Reports')
  await page.getByLabel('Returns to').fill('http://elsewhere.example/callback')
  await pressAndWait(page, 'Register it')
  await shoot(page, 'console-clients-new-problem')
}
