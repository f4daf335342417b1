import type { Page } from 'playwright-core'
import { pressAndWait, signIn } from './connect.ts'
import type { Shoot } from './shoot.ts'

/** Somebody at work in the console, and who takes pictures of what only they see. */
type Work = { readonly origin: string; readonly email: string; readonly shoot: Shoot }

/** Does in the console what leaves something to see, and takes pictures of what is shown once. */
export async function workInConsole(page: Page, work: Work): Promise<void> {
  await registerClients(page, work)
  await makeKey(page, work)
  await decideOnTools(page, work)
  await checkRecord(page, work)
}

/** Takes pictures of an organization that is switched off. */
export async function showSwitchedOff(page: Page, { origin, shoot }: Work): Promise<void> {
  await page.goto(`${origin}/console/switch`)
  await pressAndWait(page, 'Switch off for everybody')
  await shoot(page, 'console-switched-off')
  await pressAndWait(page, 'Switch on')
}

async function registerClients(page: Page, { origin, shoot }: Work): Promise<void> {
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

async function makeKey(page: Page, { origin, email, shoot }: Work): Promise<void> {
  await page.goto(`${origin}/console/keys/new`)
  await page.getByLabel('Name').fill('Monthly report')
  await page.locator('[value="invoices:read"]').check()
  await pressAndWait(page, 'Continue')
  await shoot(page, 'console-confirm')
  await signIn(page, email)
  await shoot(page, 'console-keys-once')
}

async function decideOnTools(page: Page, { origin, shoot }: Work): Promise<void> {
  const text = `${origin}/console/tools/attachments.get/text`
  for (const description of ['What was filed with an invoice.', 'What was filed, and by whom.']) {
    await page.goto(text)
    await page.getByLabel('Description').fill(description)
    await pressAndWait(page, 'Save and publish…')
    await shoot(page, 'console-tools-tool-text-publish')
    await pressAndWait(page, 'Show it to models')
  }
  await page.goto(text)
  await page.getByLabel('Description').fill('A draft that no model is shown yet.')
  await pressAndWait(page, 'Save draft')
  for (const name of ['attachments.list', 'taxGroups']) {
    await page.goto(`${origin}/console/tools/${name}/off`)
    await pressAndWait(page, 'Switch off')
  }
  await page.goto(`${origin}/console/tools/projects.list/try`)
  await page.getByRole('button', { name: 'Call the tool' }).click()
  await page.locator('#answer pre').first().waitFor()
  await shoot(page, 'console-tools-tool-try-answer')
}

async function checkRecord(page: Page, { origin, shoot }: Work): Promise<void> {
  await page.goto(`${origin}/console/audit/verify`)
  await pressAndWait(page, 'Check the record now')
  await shoot(page, 'console-audit-verified')
  await page.goto(`${origin}/console/audit`)
  await page.locator('details.filter summary').click()
  await shoot(page, 'console-audit-filter')
}
