import { startDemo, type DemoOptions } from '../../demo/server.ts'
import { openStore } from '../../server/store/open-store.ts'
import { signInToConsole, visitConsole } from './console-session.ts'
import { startFlowtly } from './flowtly.ts'
import { storeKinds } from './stores.ts'

/** So often the instances of these tests look, which then need not wait. */
const POLL_MS = 20

/**
 * The demo with two instances of the connector before it, and their database.
 *
 * @param env variables of both instances
 */
export async function startRooms(
  env: Readonly<Record<string, string>> = {},
  demoOptions: DemoOptions = {},
) {
  const [sqlite] = storeKinds
  if (sqlite === undefined) throw new Error('no kind of store')
  const opened = new AsyncDisposableStack()
  const database = await sqlite.create()
  opened.defer(database.drop)
  const demo = await startDemo({ port: 0, ...demoOptions })
  opened.defer(() => demo.close())
  const start = () => startFlowtly(demo.url, { DATABASE_URL: database.url, ...env }, {}, POLL_MS)
  const connector = opened.use(await start())
  const other = opened.use(await start())
  const store = await openStore({ url: database.url, now: Date.now })
  opened.defer(() => store.close())
  return {
    demo,
    store,
    /** The instance that tests look at, and another one. */
    url: connector.url,
    otherUrl: other.url,
    connector,
    close: () => opened.disposeAsync(),
  }
}

/**
 * Sends what changes something as those who must not.
 *
 * @returns the status that each of them got; a stranger is sent to the sign-in, which answers 200
 */
export async function sendAsOthers(
  url: string,
  path: string,
  fields: Readonly<Record<string, string>> = {},
) {
  const stranger = await visitConsole(url).post(path, fields)
  const member = await signInToConsole(url, { email: 'member@acme.example', to: '/account' })
  const owner = await signInToConsole(url)
  const withToken = { ...fields, csrf: tokenOf(owner.first.text) }
  const withTheirs = { ...fields, csrf: tokenOf(member.first.text) }
  return {
    stranger: new URL(stranger.url).pathname,
    member: (await member.post(path, withTheirs)).status,
    withoutToken: (await owner.post(path, fields)).status,
    withTokenOfOther: (await owner.post(path, withTheirs)).status,
    fromElsewhere: (await owner.post(path, withToken, { origin: 'https://evil.example' })).status,
  }
}

/** What each of them is to get. */
export const ALL_REFUSED = {
  stranger: '/console/sign-in',
  member: 403,
  withoutToken: 403,
  withTokenOfOther: 403,
  fromElsewhere: 403,
} as const

/** The token in the forms of a page. */
export function tokenOf(html: string): string {
  return /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? ''
}
