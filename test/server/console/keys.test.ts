import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import type { Page } from '../../support/browser-session.ts'
import {
  signInToConsole,
  submitSignIn,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import { bearer } from '../../support/oauth-client.ts'
import { csrfOf, findOpenDoors } from '../../support/open-doors.ts'
import { findLink } from '../../support/page-forms.ts'
import { callTool, post, resultOf } from '../../support/rpc.ts'
import { fieldsOf } from '../../support/shown-fields.ts'

const DAY_MS = 86_400_000
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
const HOSTILE = '<img src=x onerror=alert(1)>\u202e'

describe('the API keys of an organization, in the console', () => {
  let running: AuditedConnector
  let other: TestConnector
  let owner: ConsoleVisitor
  beforeAll(async () => {
    running = await startAudited()
    const shared = { DATABASE_URL: running.databaseUrl, PUBLIC_URL: running.url }
    other = await startFlowtly(running.demo.url, shared)
    owner = await signInToConsole(running.url)
  })
  afterAll(async () => {
    await other.close()
    await running.close()
  })

  /** Fills in the form; gives the page that follows. */
  async function ask(wish: Readonly<Record<string, string | readonly string[]>> = {}) {
    const form = await owner.open('/console/keys/new')
    const asked = { name: 'Monthly report', scope: ['invoices:read'], ...wish }
    return owner.press(form, 'Continue', asked)
  }

  async function make(wish: Readonly<Record<string, string | readonly string[]>> = {}) {
    const page = await submitSignIn(owner, await ask(wish))
    const name = typeof wish['name'] === 'string' ? wish['name'] : 'Monthly report'
    return { page, key: fieldsOf(page).get(`API key “${name}”`) ?? '' }
  }

  const pathOfRevoke = (page: Page, name: string) =>
    new URL(findLink(page, `Revoke the key ${name}`)).pathname

  it('are made once the member has signed in again, shown once, and read what was chosen', async () => {
    await running.audit.next(0)

    const question = await ask({ name: 'Once' })
    const { page, key } = await make({ name: 'Report' })
    const again = await owner.open('/console/keys')
    const read = await callTool(running.url, 'invoices.list', {}, bearer(key))
    const more = await post(
      `${running.url}/mcp`,
      '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"contracts.list"}}',
      bearer(key),
    )

    expect(toPlainText(question.text)).toContain('Confirm that it is you')
    expect(key).toMatch(/^flowtly_sk_[\w-]{43}$/)
    expect(page.text).toContain('shown this once')
    expect(again.text).not.toContain(key)
    expect(again.text).not.toContain('Once')
    expect(resultOf(read)).toHaveProperty('data')
    expect(more.status).toBe(403)
    expect(toPlainText(again.text)).toMatch(
      /Report Works Begins with flowtly_sk_\S{6}… Acts as owner@acme.example May read Invoices Made .+ Expires .+ Last use/,
    )
    const events = await running.audit.next(4)
    expect(events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'key.created', outcome: 'success', credential: 'console' },
        ...{ organization: 'acme', member: 'mem_01' },
      }),
    )
    expect(JSON.stringify(events)).not.toContain(key)
    expect(running.connector.log.join('')).not.toContain(key)
  })

  it.each([
    ['in 30 days', { expiry: '30' }, 30 * DAY_MS],
    ['in a year', { expiry: '365' }, 365 * DAY_MS],
    ['never', { expiry: 'never' }, null],
  ])('expire %s', async (_when, wish, lifetimeMs) => {
    const name = `For ${wish.expiry}`
    const before = Date.now()

    await make({ name, ...wish })

    const keys = await running.store.apiKeys.list({ organizationId: 'acme' })
    const expiresAt = keys.find((key) => key.name === name)?.expiresAt
    if (lifetimeMs === null) return expect(expiresAt).toBeNull()
    expect(expiresAt).toBeGreaterThanOrEqual(before + lifetimeMs)
    expect(expiresAt).toBeLessThan(before + lifetimeMs + 60_000)
  })

  it('expire at the end of a day, too', async () => {
    const date = new Date(Date.now() + 10 * DAY_MS).toISOString().slice(0, 10)

    await make({ name: 'Dated', expiry: 'date', date })

    const keys = await running.store.apiKeys.list({ organizationId: 'acme' })
    const expiresAt = keys.find(({ name }) => name === 'Dated')?.expiresAt
    expect(expiresAt).toBe(Date.parse(`${date}T00:00:00Z`) + DAY_MS)
  })

  it.each([
    ['without a name', { name: ' ' }, 'Give the key a name'],
    ['with a long name', { name: 'n'.repeat(201) }, '200 characters at most'],
    ['for nothing', { scope: [] }, 'at least one kind of data'],
    ['for what there is not', { scope: ['payroll:read'] }, 'at least one kind of data'],
    ['without a day', { expiry: 'date' }, 'Enter the last day'],
    ['until no day', { expiry: 'date', date: '2027-02-30' }, 'Enter the last day'],
    ['until yesterday', { expiry: 'date', date: '2020-01-01' }, 'is over already'],
    ['for ever and a day', { expiry: 'date', date: '2999-01-01' }, 'ten years at most'],
  ])('are not made %s: the form comes back as it was', async (_what, wish, problem) => {
    const page = await ask({ name: 'Kept', ...wish })

    expect(page.status).toBe(422)
    expect(toPlainText(page.text)).toContain(problem)
    expect(fieldsOf(page).get('Name')).toBe('name' in wish ? wish.name.trim() : 'Kept')
  })

  it('are not made for somebody else who signs in', async () => {
    const page = await submitSignIn(owner, await ask({ name: 'Stolen' }), {
      email: 'admin@acme.example',
    })

    expect(page.status).toBe(422)
    expect(toPlainText(page.text)).toContain('That is another account')
    const names = (await running.store.apiKeys.list({})).map(({ name }) => name)
    expect(names).not.toContain('Stolen')
  })

  it('are revoked at once and on every instance, with the connection that they had', async () => {
    const { page, key } = await make({ name: 'Short-lived' })
    const call = () => post(`http://127.0.0.1:${other.port}/mcp`, PING, bearer(key))
    const before = await call()
    await running.audit.next(0)

    const question = await owner.open(pathOfRevoke(page, 'Short-lived'))
    const revoked = await owner.press(question, 'Revoke the key')
    const after = await call()

    expect(toPlainText(question.text)).toContain('is refused from this moment on')
    expect(toPlainText(revoked.text)).toContain('The key “Short-lived” is revoked.')
    expect([before.status, after.status]).toEqual([200, 401])
    const events = await running.audit.next(2)
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['key.revoked', 'grant.ended']),
    )
    const grants = await running.store.grants.list({ organizationId: 'acme' })
    expect(grants.map(({ clientName }) => clientName)).not.toContain('API key: Short-lived')
  })

  it('are shown as text, whatever they are called', async () => {
    await make({ name: HOSTILE })

    const { text } = await owner.open('/console/keys')

    expect(text).not.toContain('<img')
    expect(text).not.toContain('\u202e')
    expect(text).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
  })

  it('of another organization do not exist here', async () => {
    const { page } = await make({ name: 'Ours' })
    const path = pathOfRevoke(page, 'Ours')
    const globex = await signInToConsole(running.url, { email: 'owner@globex.example' })

    const answers = [
      await globex.open(path),
      await globex.post(path, { csrf: csrfOf(globex.first) }),
      await globex.open('/console/keys/unknown/revoke'),
    ]
    const list = await globex.open('/console/keys')

    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    expect(list.text).not.toContain('Ours')
    const keys = await running.store.apiKeys.list({ organizationId: 'acme' })
    expect(keys.find(({ name }) => name === 'Ours')?.revokedAt).toBeNull()
  })

  it('are nobody else’s to see or change', async () => {
    const { page } = await make({ name: 'Guarded' })
    const path = pathOfRevoke(page, 'Guarded')

    const open = await findOpenDoors(running.url, [
      ...(['GET /console/keys', 'GET /console/keys/new', 'POST /console/keys'] as const),
      ...([`GET ${path}`, `POST ${path}`] as const),
    ])

    expect(open).toEqual([])
  })
})
