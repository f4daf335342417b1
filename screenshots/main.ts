import { mkdir } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { BrowserContext, Page } from 'playwright-core'
import { NOBODY_ELSE, openBrowser } from './chromium.ts'
import { callTool, connect, signIn } from './connect.ts'
import { startDeployment, type Deployment } from './deployment.ts'
import { createShoot, type Shoot } from './shoot.ts'
import { findPages } from './walk.ts'
import { showSwitchedOff, workInConsole } from './work-in-console.ts'

const USAGE = `usage: npm run screenshots [-- --out DIR] [--only NAME]

Takes a picture of every page, at 320, 768 and 1440 px, light and dark.

  --out DIR     where they go (default: results/screenshots)
  --only NAME   those whose names begin so, for example console-clients

environment
  CHROMIUM_PATH   default /usr/bin/chromium
`

const OWNER = 'owner@acme.example'
const MEMBER = 'member@acme.example'
const CONSULTANT = 'consultant@partners.example'
const CLAUDE = { name: 'Claude', redirectUri: 'https://claude.ai/api/mcp/auth_callback' }
const CHATGPT = {
  name: 'ChatGPT',
  redirectUri: 'https://chatgpt.com/connector_platform_oauth_redirect',
}
const ON_THIS_MACHINE = { name: 'Claude Code', redirectUri: 'http://127.0.0.1:33418/callback' }

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const wish = parseWish(args)
  if (wish === null) {
    console.error(USAGE)
    return 2
  }
  await mkdir(wish.folder, { recursive: true })
  await using deployment = await startDeployment()
  await using browser = await openBrowser([NOBODY_ELSE])
  const shoot = createShoot(wish)
  const newContext = () => browser.newContext({ deviceScaleFactor: 1 })

  await useClients(await newContext(), deployment, shoot)
  await showDocs(await newContext(), deployment, shoot)
  await showConsole(await newContext(), deployment, shoot)
  await showRefusals(newContext, deployment, shoot)
  console.log(`The pictures are in ${wish.folder}.`)
  return 0
}

/** What was asked for; `null` when the command line was wrong. */
function parseWish(args: readonly string[]) {
  const options = {
    out: { type: 'string', default: 'results/screenshots' },
    only: { type: 'string', default: '' },
  } as const
  try {
    const { values } = parseArgs({ args: [...args], options })
    return { folder: values.out, only: values.only }
  } catch {
    return null
  }
}

/** People connect programs, which call. */
async function useClients(
  context: BrowserContext,
  { origin }: Deployment,
  shoot: Shoot,
): Promise<void> {
  const claude = await connect(context, { origin, program: CLAUDE, email: OWNER, look: shoot })
  const lookAgain = (page: Page, name: string) =>
    name === 'consent' ? shoot(page, 'consent-several') : Promise.resolve()
  const shown = { origin, program: ON_THIS_MACHINE, email: CONSULTANT, look: lookAgain }
  await connect(context, shown)
  const chatgpt = await connect(context, { origin, program: CHATGPT, email: OWNER })
  for (const tool of ['invoices.list', 'contracts.list', 'projects.list']) {
    await callTool(origin, claude, tool)
    await callTool(origin, chatgpt, tool, { pageSize: 'many' })
  }
}

async function showDocs(
  context: BrowserContext,
  { origin }: Deployment,
  shoot: Shoot,
): Promise<void> {
  await showAll(context, [`${origin}/`, `${origin}/docs`], shoot)
}

async function showConsole(
  context: BrowserContext,
  { origin }: Deployment,
  shoot: Shoot,
): Promise<void> {
  const page = await context.newPage()
  await page.goto(`${origin}/console`)
  await shoot(page, 'console-sign-in')
  await signIn(page, 'nobody@acme.example')
  await shoot(page, 'console-sign-in-problem')
  await signIn(page, CONSULTANT)
  const work = { origin, email: CONSULTANT, shoot }
  await workInConsole(page, work)
  await showAll(context, [`${origin}/console`, `${origin}/account`], shoot)
  await showSwitchedOff(page, work)
}

async function showRefusals(
  newContext: () => Promise<BrowserContext>,
  { origin, store }: Deployment,
  shoot: Shoot,
): Promise<void> {
  const page = await (await newContext()).newPage()
  await page.goto(`${origin}/oauth/authorize?client_id=nobody`)
  await shoot(page, 'problem-authorize')
  await page.goto(`${origin}/account`)
  await signIn(page, MEMBER)
  await shoot(page, 'account-empty')
  await page.goto(`${origin}/console`)
  await shoot(page, 'problem-not-approver')
  await page.goto(`${origin}/console/nowhere`)
  await shoot(page, 'problem-nothing-here')
  await store.switches.beginMaintenance('We move to a new data center until noon.')
  while ((await page.goto(`${origin}/console`))?.status() !== 503) continue
  await shoot(page, 'problem-maintenance')
}

/** Every page that links lead to. */
async function showAll(
  context: BrowserContext,
  roots: readonly string[],
  shoot: Shoot,
): Promise<void> {
  const fetchPage = async (url: string) => {
    const response = await context.request.get(url)
    const isPage = response.headers()['content-type']?.startsWith('text/html') === true
    return { html: isPage ? await response.text() : null }
  }
  const page = await context.newPage()
  for (const { url, name } of await findPages(fetchPage, roots)) {
    await page.goto(url)
    await shoot(page, name)
  }
}
