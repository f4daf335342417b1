import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import type { Page } from '../../support/browser-session.ts'
import {
  signInToConsole,
  submitSignIn,
  type ConsoleVisitor,
} from '../../support/console-session.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import {
  authorize,
  bearer,
  connect,
  exchangeCode,
  registerClient,
} from '../../support/oauth-client.ts'
import { csrfOf, findOpenDoors } from '../../support/open-doors.ts'
import { findLink } from '../../support/page-forms.ts'
import { post } from '../../support/rpc.ts'

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
const HOSTILE = '<img src=x onerror=alert(1)>\u202e'
const ADMIN = { email: 'admin@acme.example' }

describe('the connections of an organization, in the console', () => {
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
  beforeEach(async () => {
    await running.store.grants.endAllOf({ organizationId: 'acme' }, 'expired')
    await running.store.grants.endAllOf({ organizationId: 'globex' }, 'expired')
    await running.audit.next(0)
  })

  /** What another instance answers to a connection's token. */
  const statusOf = async (token: string) =>
    (await post(`http://127.0.0.1:${other.port}/mcp`, PING, bearer(token))).status

  const grantOf = async (organizationId: string) => {
    const [grant] = await running.store.grants.list({ organizationId })
    if (grant === undefined) throw new Error('no grant')
    return grant
  }

  it('are listed with whose they are, what they read, since when, and where they return to', async () => {
    await connect(running.url, { ...ADMIN, scopes: ['invoices:read'] })

    const { text } = await owner.open('/console/connections')

    expect(toPlainText(text)).toMatch(
      /Test client Member Jürgen Weiß admin@acme\.example Kind Client Returns to 127\.0\.0\.1 May read Invoices Since \w{3} \d+, \d{4}, \d\d:\d\d UTC Last use never/,
    )
  })

  it('end one by one, at once and on every instance', async () => {
    const { tokens } = await connect(running.url, ADMIN)
    const { id } = await grantOf('acme')
    const before = await statusOf(tokens.access_token)
    await running.audit.next(0)

    const question = await owner.open(`/console/connections/${id}/revoke`)
    const ended = await owner.press(question, 'End the connection')
    const after = await statusOf(tokens.access_token)

    expect(toPlainText(question.text)).toContain(
      '“Test client” can read nothing as “Jürgen Weiß” any more',
    )
    expect(toPlainText(ended.text)).toContain(
      'The connection of “Test client” by “Jürgen Weiß” has ended.',
    )
    expect([before, after]).toEqual([200, 401])
    const events = await running.audit.next(2)
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'grant.ended', member: 'mem_02', subject: `grant:${id}` }),
    )
    expect(events).toContainEqual(
      expect.objectContaining({
        ...{ type: 'organization.changed', reason: 'connections_ended', credential: 'console' },
        ...{ member: 'mem_01', subject: `grant:${id}`, count: 1 },
      }),
    )
  })

  it('end together for one member, and nobody else’s', async () => {
    const [one, two] = [await connect(running.url, ADMIN), await connect(running.url, ADMIN)]
    const own = await connect(running.url)
    await running.audit.next(0)
    const list = await owner.open('/console/connections')

    const theirs = await owner.open(pathOf(findLink(list, 'Jürgen Weiß')))
    const question = await owner.open(pathOf(findLink(theirs, 'End all of them')))
    const ended = await owner.press(question, 'End all of them')

    expect(toPlainText(theirs.text)).toContain('What “Jürgen Weiß” has connected.')
    expect(theirs.text).not.toContain('owner@acme.example</bdi></dd>')
    expect(toPlainText(question.text)).toContain('“Test client” and “Test client”')
    expect(toPlainText(ended.text)).toContain('2 connections of “Jürgen Weiß” ended.')
    const tokens = [one, two, own].map((each) => each.tokens.access_token)
    expect(await Promise.all(tokens.map(statusOf))).toEqual([401, 401, 200])
    const events = await running.audit.next(3)
    expect(events.filter(({ type }) => type === 'grant.ended')).toHaveLength(2)
    expect(events).toContainEqual(
      expect.objectContaining({ reason: 'connections_ended', subject: 'member:mem_02', count: 2 }),
    )
  })

  it('that ended are shown on demand, with why', async () => {
    await connect(running.url)
    const { id } = await grantOf('acme')
    await running.store.grants.end(id, 'membership-lost')

    const live = await owner.open('/console/connections')
    const all = await owner.open(pathOf(findLink(live, 'Show ended ones, too')))

    expect(toPlainText(live.text)).toContain('There is none.')
    expect(toPlainText(all.text)).toMatch(
      /Ended \w{3} \d+, \d{4}, \d\d:\d\d UTC : the member does not belong to the organization any more/,
    )
    expect(all.text).not.toContain(`${id}/revoke`)
  })

  it('are listed page by page, without a gap', async () => {
    for (let index = 0; index < 120; index += 1) {
      await running.store.grants.add({
        ...{ id: `paged-${index}`, realm: '', memberId: 'mem_many', memberEmail: 'm@acme.example' },
        ...{ memberName: 'Many', organizationId: 'acme', organizationName: 'Acme', role: 'owner' },
        ...{ clientId: `c-${index}`, clientName: `Client ${index}.`, redirectHost: 'a.example' },
        ...{ scopes: ['invoices:read'], credential: 'sealed' },
      })
    }
    const names = ({ text }: Page) => text.match(/Client \d+\./g) ?? []

    const first = await owner.open('/console/connections?member=mem_many')
    const second = await owner.open(pathOf(findLink(first, 'Older')))
    const third = await owner.open(pathOf(findLink(second, 'Older')))
    const back = await owner.open(pathOf(findLink(third, 'Newer')))

    const shown = [first, second, third].map((page) => new Set(names(page)))
    expect(shown.map(({ size }) => size)).toEqual([50, 50, 20])
    expect(new Set(shown.flatMap((each) => [...each])).size).toBe(120)
    expect(new Set(names(back))).toEqual(shown[1])
  })

  it('are shown as text, whatever the program calls itself', async () => {
    const client = await registerClient(running.url, { client_name: HOSTILE })
    await exchangeCode(running.url, client, await authorize(running.url, client))
    const { id } = await grantOf('acme')

    const pages = [
      await owner.open('/console/connections'),
      await owner.open(`/console/connections/${id}/revoke`),
      await owner.open('/account'),
      await owner.open(`/account/connections/${id}/revoke`),
    ]

    for (const { text } of pages) {
      expect(text).not.toContain('<img')
      expect(text).not.toContain('\u202e')
      expect(text).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')
    }
  })

  it('of another organization do not exist here', async () => {
    const { tokens } = await connect(running.url)
    const { id } = await grantOf('acme')
    const globex = await signInToConsole(running.url, { email: 'owner@globex.example' })
    const csrf = csrfOf(globex.first)
    const ofMember = '/console/connections/of-member'

    const answers = [
      await globex.open(`/console/connections/${id}/revoke`),
      await globex.post(`/console/connections/${id}/revoke`, { csrf }),
      await globex.open(`${ofMember}?member=mem_01`),
      await globex.post(ofMember, { csrf, member: 'mem_01' }),
      await globex.open('/console/connections/unknown/revoke'),
      await globex.post(ofMember, { csrf }),
    ]
    const list = await globex.open('/console/connections?ended=1&member=mem_01')

    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(404))
    expect(toPlainText(list.text)).toContain('There is none.')
    expect(await statusOf(tokens.access_token)).toBe(200)
  })

  it('are nobody else’s to see or change', async () => {
    await connect(running.url)
    const { id } = await grantOf('acme')
    const one = `/console/connections/${id}/revoke`

    const open = await findOpenDoors(running.url, [
      ...([
        'GET /console/connections',
        'GET /console/connections/of-member?member=mem_01',
      ] as const),
      ...([`GET ${one}`, `POST ${one}`, 'POST /console/connections/of-member'] as const),
    ])

    expect(open).toEqual([])
  })

  it.each(['?member=%00', '?after=1-%00', '?after=999999999999999-x&trail=1-a.2-b', '?ended=2'])(
    'are a page at %s, which nobody asks for',
    async (search) => {
      const { status } = await owner.open(`/console/connections${search}`)

      expect(status).toBe(200)
    },
  )

  describe('of one’s own', () => {
    it('are seen and ended by every member, in all of their organizations', async () => {
      const client = await registerClient(running.url)
      const consultant = { email: 'consultant@partners.example' }
      const granted = await authorize(running.url, client, { ...consultant, organization: 'acme' })
      const tokens = await exchangeCode(running.url, client, granted)
      const visitor = await signInToConsole(running.url, { ...consultant, to: '/account' })
      const { id } = await grantOf('acme')

      const question = await visitor.open(`/account/connections/${id}/revoke`)
      const ended = await visitor.press(question, 'End the connection')

      expect(toPlainText(visitor.first.text)).toMatch(/Test client Organization Acme Industries/)
      expect(toPlainText(ended.text)).toContain('The connection of “Test client” has ended.')
      expect(await statusOf(tokens.access_token)).toBe(401)
      expect((await running.audit.next(1)).map(({ type }) => type)).toContain('grant.ended')
    })

    it('hold the keys that act as them, and a key ends with its own', async () => {
      const form = await owner.open('/console/keys/new')
      const wish = { name: 'Nightly', scope: ['invoices:read'] }
      await submitSignIn(owner, await owner.press(form, 'Continue', wish))
      const { id } = await grantOf('acme')

      const page = await owner.open('/account')
      const question = await owner.open(`/account/connections/${id}/revoke`)
      await owner.press(question, 'End the connection')

      expect(toPlainText(page.text)).toMatch(/API key: Nightly .*Kind API key, for scripts/)
      expect(toPlainText(question.text)).toContain('The API key cannot be used again')
      const keys = await running.store.apiKeys.list({ organizationId: 'acme' })
      expect(keys.find(({ name }) => name === 'Nightly')?.revokedAt).not.toBeNull()
    })

    it('are not other people’s', async () => {
      await connect(running.url)
      const { id } = await grantOf('acme')
      const path = `/account/connections/${id}/revoke`
      const member = await signInToConsole(running.url, {
        ...{ email: 'member@acme.example', to: '/account' },
      })

      const page = await member.open(path)
      const change = await member.post(path, { csrf: csrfOf(member.first) })

      expect(toPlainText(member.first.text)).toContain('Nothing is connected as you.')
      expect([page.status, change.status]).toEqual([404, 404])
      expect((await grantOf('acme')).id).toBe(id)
    })
  })
})

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return `${pathname}${search}`
}
