import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Kysely } from 'kysely'
import { SESSION_IDLE_MS, SESSION_MAX_AGE_MS } from '../../../server/store/console-sessions.ts'
import type { Schema } from '../../../server/store/schema.ts'
import { clearRequests, readRequests, setFaults } from '../../demo/support/control.ts'
import { at } from '../../demo/support/json.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import {
  signInToConsole,
  visitConsole,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { toPlainText } from '../../support/html-text.ts'
import { startFlowtly } from '../../support/flowtly.ts'
import { startWatchedBrowser, type WatchedBrowser } from '../../support/watched-browser.ts'
import { openRawDatabase } from '../store/raw-database.ts'

const MINUTE_MS = 60_000
const CONSULTANT = { email: 'consultant@partners.example' }

let running: AuditedConnector
let db: Kysely<Schema>
let browser: WatchedBrowser
let owner: ConsoleVisitor

beforeAll(async () => {
  running = await startAudited()
  db = await openRawDatabase(running.databaseUrl)
})
afterAll(async () => {
  await db.destroy()
  await running.close()
})
beforeEach(async () => {
  running.demo.database.exec('SAVEPOINT before')
  browser = startWatchedBrowser()
  owner = await signInToConsole(running.url, { browser })
})
afterEach(async () => {
  running.demo.database.exec('ROLLBACK TO before')
  await setFaults(running.demo, [])
  await db.deleteFrom('consoleSession').execute()
  await db.updateTable('organization').set({ status: 'active' }).execute()
})

/** Makes the sessions older, as if their clock had gone on. */
async function age(column: 'createdAt' | 'checkedAt' | 'lastUsedAt', byMs: number): Promise<void> {
  await db
    .updateTable('consoleSession')
    .set((eb) => ({ [column]: eb(column, '-', byMs) }))
    .execute()
}

function isAtSignIn({ url }: { readonly url: string }): boolean {
  return new URL(url).pathname === '/console/sign-in'
}

/** A browser that sends the cookies that another one has. */
function stealFrom(victim: WatchedBrowser) {
  return visitConsole(running.url, startWatchedBrowser({ cookie: victim.cookieAt('/console') }))
}

describe('a session of the console', () => {
  it('has a cookie that no script reads and no other host sets or sees', () => {
    const lines = browser.received.filter((line) => line.startsWith('__Host-sluice-console='))

    expect(lines).toEqual([
      expect.stringMatching(
        /^__Host-sluice-console=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
      ),
    ])
  })

  it('is kept as a hash and a sealed credential', async () => {
    const [, token = ''] = /console=([\w-]{43})/.exec(browser.cookieAt('/console')) ?? []
    const rows = await db.selectFrom('consoleSession').selectAll().execute()
    const upstream = running.demo.database.prepare('SELECT hash FROM session_tokens').all()

    const kept = JSON.stringify(rows)

    expect(rows).toHaveLength(1)
    expect(token).toHaveLength(43)
    expect(kept).not.toContain(token)
    expect(kept).not.toMatch(/"(?:token|refreshToken|accessToken)"/)
    expect(upstream.length).toBeGreaterThan(0)
  })

  it('ends half an hour after its last use', async () => {
    await age('lastUsedAt', SESSION_IDLE_MS - MINUTE_MS / 2)
    const inTime = await owner.open('/console')
    await age('lastUsedAt', SESSION_IDLE_MS)

    const late = await owner.open('/console')

    expect([inTime.status, isAtSignIn(inTime)]).toEqual([200, false])
    expect(isAtSignIn(late)).toBe(true)
  })

  it('ends after twelve hours, however much it is used', async () => {
    await age('createdAt', SESSION_MAX_AGE_MS)

    const late = await owner.open('/console')

    expect(isAtSignIn(late)).toBe(true)
  })

  it('ends on the server when its member signs out: a stolen cookie opens nothing', async () => {
    const thief = stealFrom(browser)
    expect((await thief.open('/console')).status).toBe(200)
    await running.audit.next(0)

    const left = await owner.press(await owner.open('/console'), 'Sign out')

    expect(isAtSignIn(left)).toBe(true)
    expect(isAtSignIn(await thief.open('/console'))).toBe(true)
    expect(isAtSignIn(await owner.open('/console'))).toBe(true)
    expect(await db.selectFrom('consoleSession').selectAll().execute()).toEqual([])
    expect(await running.audit.next(1)).toMatchObject([
      { type: 'sign-out', outcome: 'success', credential: 'console', member: 'mem_01' },
    ])
  })

  it('is another one after each sign-in, and the browser’s old one ends', async () => {
    const old = stealFrom(browser)
    await age('lastUsedAt', SESSION_IDLE_MS)

    await signInToConsole(running.url, { browser })

    expect(isAtSignIn(await old.open('/console'))).toBe(true)
    const cookies = browser.received.filter((line) => line.startsWith('__Host-sluice-console='))
    expect(new Set(cookies).size).toBe(2)
    expect(await db.selectFrom('consoleSession').selectAll().execute()).toHaveLength(1)
  })

  it('is never one whose name a stranger has planted', async () => {
    const planted = `__Host-sluice-console=${'A'.repeat(43)}`
    const victim = startBrowserSession({
      send(url, init) {
        const headers = new Headers(init.headers)
        const own = headers.get('cookie') ?? ''
        if (!own.includes('__Host-sluice-console')) headers.set('cookie', `${planted}; ${own}`)
        return fetch(url, { ...init, headers })
      },
    })

    await signInToConsole(running.url, { browser: victim })

    const thief = visitConsole(running.url, startWatchedBrowser({ cookie: planted }))
    expect(isAtSignIn(await thief.open('/console'))).toBe(true)
  })

  it('works on another instance, and ends there at once', async () => {
    await using other = await startFlowtly(running.demo.url, {
      DATABASE_URL: running.databaseUrl,
    })
    const there = visitConsole(
      other.url,
      startWatchedBrowser({ cookie: browser.cookieAt('/console') }),
    )
    const before = await there.open('/console')

    await owner.press(await owner.open('/console'), 'Sign out')

    expect(before.status).toBe(200)
    expect(isAtSignIn(before)).toBe(false)
    expect(isAtSignIn(await there.open('/console'))).toBe(true)
  })
})

describe('what the upstream says of a member', () => {
  const setRole = (role: string) =>
    running.demo.database
      .prepare("UPDATE memberships SET role = ? WHERE member_id = 'mem_01'")
      .run(role)

  it('holds for a minute: whoever loses the role decides nothing after it', async () => {
    setRole('member')

    const before = await owner.open('/console')
    await age('checkedAt', MINUTE_MS)
    const after = await owner.open('/console')

    expect(before.status).toBe(200)
    expect([after.status, toPlainText(after.text)]).toEqual([
      403,
      expect.stringContaining('Your role is “member” in “Acme Industries”'),
    ])
    expect((await owner.open('/account')).status).toBe(200)
  })

  it('is asked once for all pages of a minute', async () => {
    await age('checkedAt', MINUTE_MS)
    await owner.open('/console')
    await clearRequests(running.demo)

    await owner.open('/console')
    await owner.open('/account')

    expect(await readRequests(running.demo)).toEqual([])
  })

  it('counts when a member has left the organization', async () => {
    running.demo.database.exec("DELETE FROM memberships WHERE member_id = 'mem_01'")
    await age('checkedAt', MINUTE_MS)

    const { status, text } = await owner.open('/console')

    expect([status, toPlainText(text)]).toEqual([
      403,
      expect.stringContaining('There is no organization here'),
    ])
  })

  it('ends the session when it takes the credential no more', async () => {
    running.demo.database.exec('DELETE FROM session_tokens')
    await age('checkedAt', MINUTE_MS)

    const asked = await owner.open('/console')

    expect(isAtSignIn(asked)).toBe(true)
    expect(await db.selectFrom('consoleSession').selectAll().execute()).toEqual([])
  })

  it('holds for a quarter of an hour when it cannot be had, and no page after it', async () => {
    await setFaults(running.demo, { kind: 'status', status: 503, path: '/me' })
    await age('checkedAt', 14 * MINUTE_MS)

    const held = await owner.open('/console')
    await age('checkedAt', MINUTE_MS)
    const late = await owner.open('/console')
    await setFaults(running.demo, [])
    const back = await owner.open('/console')

    expect(held.status).toBe(200)
    expect([late.status, toPlainText(late.text)]).toEqual([
      502,
      expect.stringContaining('The service is not answering'),
    ])
    expect(back.status).toBe(200)
  })

  it('keeps no page waiting for longer than three seconds while the last answer holds', async () => {
    await setFaults(running.demo, { kind: 'delay', delayMs: 20_000, path: '/me' })
    await age('checkedAt', MINUTE_MS)
    const begun = performance.now()

    const { status } = await owner.open('/console')

    expect(status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('is asked with a renewed credential once the old one is spent, which one instance renews', async () => {
    await using other = await startFlowtly(running.demo.url, {
      DATABASE_URL: running.databaseUrl,
    })
    const there = visitConsole(
      other.url,
      startWatchedBrowser({ cookie: browser.cookieAt('/console') }),
    )
    running.demo.database.exec("DELETE FROM session_tokens WHERE kind = 'access'")
    await age('checkedAt', MINUTE_MS)
    await clearRequests(running.demo)

    const pages = await Promise.all(
      [owner, there, owner, there].map((visitor) => visitor.open('/console')),
    )

    expect(pages.map((page) => [page.status, isAtSignIn(page)])).toEqual(
      pages.map(() => [200, false]),
    )
    const renewals = (await readRequests(running.demo)).filter(
      (request) => at(request, 'target') === '/v1/sessions/refresh',
    )
    expect(renewals).toHaveLength(1)
  })
})

describe('a member of several organizations', () => {
  beforeEach(() => {
    running.demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
  })

  it('looks at the one that they have chosen, in every window', async () => {
    const consultant = await signInToConsole(running.url, CONSULTANT)

    const chosen = await consultant.press(consultant.first, 'Switch', { organization: 'globex' })

    expect(chosen.url).toBe(`${running.url}/console`)
    expect(chosen.text).toMatch(/<option value="globex" selected>/)
    expect((await consultant.open('/account')).text).toMatch(/<option value="globex" selected>/)
  })

  it.each(['initech', '', 'acme'])('cannot choose %j where they may not decide', async (id) => {
    running.demo.database.exec(
      "UPDATE memberships SET role = 'member' WHERE member_id = 'mem_06' AND organization_id = 'acme'",
    )
    const consultant = await signInToConsole(running.url, CONSULTANT)
    const { first } = consultant
    const [, csrf = ''] = /name="csrf" value="([^"]*)"/.exec(first.text) ?? []

    const after = await consultant.post('/console/organization', { csrf, organization: id })

    expect(after.text).toContain('<bdi>Globex')
    expect(after.text).not.toContain('Acme Industries')
  })

  it('leaves one that waits for its activation for one that does not', async () => {
    const consultant = await signInToConsole(running.url, CONSULTANT)
    await consultant.press(consultant.first, 'Switch', { organization: 'globex' })
    await db
      .updateTable('organization')
      .set({ status: 'pending' })
      .where('id', '=', 'globex')
      .execute()
    const waiting = await consultant.open('/console')
    const account = await consultant.follow(waiting, 'My connections')

    const after = await consultant.press(account, 'Switch', { organization: 'acme' })

    expect([waiting.status, toPlainText(waiting.text)]).toEqual([
      403,
      expect.stringContaining('waiting for activation'),
    ])
    expect(after.url).toBe(`${running.url}/console`)
    expect(after.status).toBe(200)
  })
})
