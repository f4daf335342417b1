import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { clearRequests, readRequests } from '../../demo/support/control.ts'
import { at } from '../../demo/support/json.ts'
import { startBrowserSession, type Page } from '../../support/browser-session.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  createPkce,
  registerClient,
  type TestClient,
} from '../../support/oauth-client.ts'

/** Sign-ins that may fail for one account, and that may come from one address. */
const PER_ACCOUNT = 10
const PER_ADDRESS = 100
const WINDOW_SECONDS = 900

const RIGHT = 'sluice-demo'
const OWNER = 'owner@acme.example'
const ADMIN = 'admin@acme.example'

let file: DatabaseFile
let demo: Demo
let connector: TestConnector
let other: TestConnector
let client: TestClient

beforeAll(async () => {
  file = await createDatabaseFile()
  demo = await startDemo()
  const env = { DATABASE_URL: file.url, TRUST_PROXY: '1' }
  connector = await startFlowtly(demo.url, env)
  other = await startFlowtly(demo.url, env)
  client = await registerClient(connector.url)
})

beforeEach(async () => {
  file.run('delete from attempt')
  await clearRequests(demo)
})

afterAll(async () => {
  await connector.close()
  await other.close()
  await demo.close()
  await file.drop()
})

type SignIn = (email: string, password: string) => Promise<Page>

/** Opens a sign-in page as a browser at an address, to try on it again and again. */
async function open(address = '203.0.113.1', at: TestConnector = connector): Promise<SignIn> {
  const browser = startBrowserSession({ headers: { 'x-forwarded-for': address } })
  const page = await browser.open(authorizationUrl(at.url, client, createPkce().challenge))
  return (email, password) => browser.submit(page, { username: email, password })
}

async function fail(signIn: SignIn, email: string, times: number): Promise<void> {
  for (let round = 0; round < times; round += 1) {
    expect((await signIn(email, `wrong ${round}`)).status).toBe(422)
  }
}

/** Whether the consent page follows. */
function isSignedIn({ status, text }: Page): boolean {
  return status === 200 && text.includes('value="allow"')
}

async function countUpstream(): Promise<number> {
  const requests = await readRequests(demo)
  return requests.filter((request) => at(request, 'target') === '/v1/sessions').length
}

describe('one account', () => {
  it('is closed after ten failures, for the right password too, and says for how long', async () => {
    const signIn = await open()
    await fail(signIn, OWNER, PER_ACCOUNT)

    const page = await signIn(OWNER, RIGHT)

    expect(page.status).toBe(429)
    expect(page.text).toContain('Too many attempts')
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(WINDOW_SECONDS - 60)
    expect(Number(page.headers.get('retry-after'))).toBeLessThanOrEqual(WINDOW_SECONDS)
    expect(await countUpstream()).toBe(PER_ACCOUNT)
  })

  it.each([
    ['from another address', OWNER, '203.0.113.2'],
    ['in other letters', 'OWNER@Acme.Example', '203.0.113.1'],
    ['with space around it', ' owner@acme.example ', '203.0.113.1'],
  ])('is closed %s', async (_name, email, address) => {
    await fail(await open(), OWNER, PER_ACCOUNT)

    expect((await (await open(address))(email, RIGHT)).status).toBe(429)
  })

  it('is closed on every instance', async () => {
    await fail(await open(), OWNER, PER_ACCOUNT / 2)
    await fail(await open('203.0.113.1', other), OWNER, PER_ACCOUNT / 2)

    expect((await (await open())(OWNER, RIGHT)).status).toBe(429)
    expect((await (await open('203.0.113.3', other))(OWNER, RIGHT)).status).toBe(429)
  })

  it('is closed to guesses that come all at once', async () => {
    const pages = await Promise.all(Array.from({ length: 5 }, () => open()))
    const guesses = pages.flatMap((signIn) =>
      Array.from({ length: 6 }, (_, index) => signIn(OWNER, `guess ${index}`)),
    )

    const statuses = (await Promise.all(guesses)).map(({ status }) => status)

    expect(statuses.filter((status) => status === 422)).toHaveLength(PER_ACCOUNT)
    expect(statuses.filter((status) => status === 429)).toHaveLength(30 - PER_ACCOUNT)
    expect(await countUpstream()).toBe(PER_ACCOUNT)
  })

  it('leaves others open', async () => {
    const signIn = await open()
    await fail(signIn, OWNER, PER_ACCOUNT)

    expect(isSignedIn(await signIn(ADMIN, RIGHT))).toBe(true)
    expect((await (await open())(OWNER, RIGHT)).status).toBe(429)
  })

  it('opens again when the time is over', async () => {
    const signIn = await open()
    await fail(signIn, OWNER, PER_ACCOUNT)
    expect((await signIn(OWNER, RIGHT)).status).toBe(429)

    file.run('update attempt set ends_at = ends_at - ?', WINDOW_SECONDS * 1000)

    expect(isSignedIn(await signIn(OWNER, RIGHT))).toBe(true)
  })

  it('starts from nothing after the right password', async () => {
    await fail(await open(), OWNER, PER_ACCOUNT - 1)
    expect(isSignedIn(await (await open())(OWNER, RIGHT))).toBe(true)

    await fail(await open(), OWNER, PER_ACCOUNT)
  })

  it('is not counted where the upstream was never asked for it', async () => {
    const signIn = await open()
    for (let round = 0; round <= PER_ACCOUNT; round += 1) {
      const browser = startBrowserSession()
      const page = await browser.open(
        authorizationUrl(connector.url, client, createPkce().challenge),
      )
      await browser.submit(page, { username: OWNER, password: 'x', csrf: 'forged' })
    }

    expect(isSignedIn(await signIn(OWNER, RIGHT))).toBe(true)
  })
})

describe('one address', () => {
  it('is closed after a hundred sign-ins, whatever the accounts, and others are not', async () => {
    const signIn = await open('203.0.113.7')
    for (let index = 0; index < PER_ADDRESS; index += 1) {
      expect((await signIn(`person${index}@acme.example`, 'wrong')).status).toBe(422)
    }

    expect((await signIn(OWNER, RIGHT)).status).toBe(429)
    expect((await (await open('198.51.100.1, 203.0.113.7'))(ADMIN, RIGHT)).status).toBe(429)
    expect(isSignedIn(await (await open('203.0.113.8'))(ADMIN, RIGHT))).toBe(true)
  })
})

describe('an unknown account', () => {
  /** Without what differs in every page. */
  const strip = ({ text }: Page, email: string) =>
    text
      .replaceAll(email, 'EMAIL')
      .replaceAll(/name="csrf" value="[^"]+"/g, '')
      .replaceAll(/interaction\/[\w-]+/g, '')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '')

  it('is answered as a wrong password is, to the byte', async () => {
    const known = await (await open())(OWNER, 'wrong')
    const unknown = await (await open())('nobody@acme.example', 'wrong')

    expect(unknown.status).toBe(known.status)
    expect(strip(unknown, 'nobody@acme.example')).toBe(strip(known, OWNER))
    expect([...unknown.headers.keys()]).toEqual([...known.headers.keys()])
  })

  it('is closed as a known one is', async () => {
    const signIn = await open()
    await fail(signIn, OWNER, PER_ACCOUNT)
    await fail(signIn, 'nobody@acme.example', PER_ACCOUNT)

    const known = await signIn(OWNER, 'wrong')
    const unknown = await signIn('nobody@acme.example', 'wrong')

    expect([known.status, unknown.status]).toEqual([429, 429])
    expect(strip(unknown, 'nobody@acme.example')).toBe(strip(known, OWNER))
  })

  it('leaves no name behind: what is counted is stored as a hash', async () => {
    await fail(await open(), 'nobody@acme.example', 1)

    expect(JSON.stringify(file.all('select * from attempt'))).not.toMatch(/nobody|203\.0/)
  })
})

describe('a password', () => {
  it('is never shown again, nor logged', async () => {
    const page = await (await open())(OWNER, 'my-secret-guess')

    expect(page.text).toContain(OWNER)
    expect(page.text).not.toContain('my-secret-guess')
    expect(connector.log.join()).not.toContain('my-secret-guess')
  })
})
