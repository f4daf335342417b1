import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import type { Page } from '../../support/browser-session.ts'
import { signInToConsole, type ConsoleVisitor } from '../../support/console-session.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { toPlainText } from '../../support/html-text.ts'
import {
  authorize,
  bearer,
  connect,
  exchangeCode,
  refreshTokens,
  registerClient,
  type TestClient,
} from '../../support/oauth-client.ts'
import { csrfOf, findOpenDoors } from '../../support/open-doors.ts'
import { callTool, post, resultOf } from '../../support/rpc.ts'
import { fieldsOf } from '../../support/shown-fields.ts'

const REDIRECT_URI = 'https://app.example/callback'
const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
const HOSTILE = '<img src=x onerror=alert(1)> "\u202eevil'

describe('the clients of an organization, in the console', () => {
  let running: AuditedConnector
  let other: TestConnector
  let otherUrl: string
  let owner: ConsoleVisitor
  beforeAll(async () => {
    running = await startAudited()
    const shared = { DATABASE_URL: running.databaseUrl, PUBLIC_URL: running.url }
    other = await startFlowtly(running.demo.url, shared)
    otherUrl = `http://127.0.0.1:${other.port}`
    owner = await signInToConsole(running.url)
  })
  afterAll(async () => {
    await other.close()
    await running.close()
  })

  async function register(wish: Readonly<Record<string, string>> = {}): Promise<Page> {
    const page = await owner.open('/console/clients/new?type=other')
    return owner.press(page, 'Register it', {
      ...{ name: 'Reports', 'redirect-uris': REDIRECT_URI },
      ...wish,
    })
  }

  function toClient(page: Page): TestClient {
    const fields = fieldsOf(page)
    return {
      client_id: fields.get('Client ID') ?? '',
      client_secret: fields.get('Client secret of “Reports”') ?? '',
      redirect_uri: REDIRECT_URI,
    }
  }

  it('are registered, shown their secret once, and connect the organization', async () => {
    await running.audit.next(0)

    const page = await register()
    const client = toClient(page)
    const again = await owner.open(new URL(page.url).pathname)
    const tokens = await exchangeCode(running.url, client, await authorize(running.url, client))
    const used = await callTool(running.url, 'invoices.list', {}, bearer(tokens.access_token))
    const list = await owner.open('/console/clients')

    expect(fieldsOf(page).get('Server URL')).toBe(`${running.url}/mcp`)
    expect(client.client_secret).toMatch(/^[\w-]{43}$/)
    expect(again.text).not.toContain(client.client_secret)
    expect(again.text).toContain(client.client_id)
    expect(resultOf(used)).toHaveProperty('data')
    expect(toPlainText(list.text)).toMatch(/Reports Activated Type Another program Connections 1/)
    expect(await running.audit.next(1)).toContainEqual(
      expect.objectContaining({
        ...{ type: 'client.created', outcome: 'success', credential: 'console' },
        ...{ organization: 'acme', member: 'mem_01', clientName: 'Reports' },
        subject: `client:${client.client_id}`,
      }),
    )
  })

  it('come prefilled for each kind of program, with or without a secret', async () => {
    const claude = await owner.open('/console/clients/new?type=claude')
    const code = await owner.open('/console/clients/new?type=claude-code')

    const made = await owner.press(code, 'Register it')

    expect(claude.text).toContain('https://claude.ai/api/mcp/auth_callback')
    expect(claude.text).toMatch(/value="client" checked/)
    expect(fieldsOf(made).get('Client ID')).toMatch(/^[0-9a-f-]{36}$/)
    expect(toPlainText(made.text)).toContain('Secret none')
    expect(made.text).not.toContain('shown this once')
  })

  it.each([
    ['without a name', { name: ' ' }, 'Give the client a name'],
    ['without an address', { 'redirect-uris': '' }, 'at least one address'],
    ['with no address', { 'redirect-uris': 'not one' }, '"not" is no absolute URI'],
    ['over plain http', { 'redirect-uris': 'http://app.example/' }, 'must begin with https:'],
    ['with a script', { 'redirect-uris': 'javascript:alert(1)' }, 'must be https, loopback'],
    ['with a long name', { name: 'n'.repeat(201) }, 'at most 200 characters'],
  ])('are not registered %s: the form comes back as it was', async (_what, wish, problem) => {
    const page = await register({ name: 'Kept', ...wish })

    expect(page.status).toBe(422)
    expect(toPlainText(page.text)).toContain(problem)
    expect(fieldsOf(page).get('Name')).toBe('name' in wish ? wish.name.trim() : 'Kept')
    const names = (await running.store.clients.list({})).map(({ name }) => name)
    expect(names).not.toContain('Kept')
  })

  it('get another secret, and the old one is refused on every instance', async () => {
    const page = await register()
    const client = toClient(page)
    const path = new URL(page.url).pathname
    const tokens = await exchangeCode(running.url, client, await authorize(running.url, client))

    const question = await owner.open(`${path}/rotate`)
    const rotated = await owner.press(question, 'Make a new secret')
    const stale = await refreshTokens(otherUrl, client, tokens.refresh_token)
    const fresh = await refreshTokens(otherUrl, toClient(rotated), tokens.refresh_token)

    expect(toPlainText(question.text)).toContain('is refused at once')
    expect(toClient(rotated).client_secret).not.toBe(client.client_secret)
    expect(stale.error).toBe('invalid_client')
    expect(fresh.access_token).not.toBe('')
    expect(await running.audit.next(1)).toContainEqual(
      expect.objectContaining({ type: 'client.changed', reason: 'secret_rotated' }),
    )
  })

  it('are switched off and on again, at once and on every instance', async () => {
    const page = await register()
    const client = toClient(page)
    const path = new URL(page.url).pathname
    const tokens = await exchangeCode(running.url, client, await authorize(running.url, client))
    const call = () => post(`${otherUrl}/mcp`, PING, bearer(tokens.access_token))
    await running.audit.next(0)

    const question = await owner.open(`${path}/deactivate`)
    const off = await owner.press(question, 'Switch it off')
    const refused = await call()
    const on = await owner.press(off, 'Switch it on again')
    const answered = await call()

    expect(toPlainText(question.text)).toContain('It has 1 connection.')
    expect(toPlainText(off.text)).toContain('is switched off')
    expect(refused.status).toBe(401)
    expect(toPlainText(on.text)).toContain('is on again')
    expect(answered.status).toBe(200)
    const events = await running.audit.next(2)
    const reasons = events
      .filter(({ type }) => type === 'client.changed')
      .map((each) => each.reason)
    expect(reasons).toEqual(['inactive', 'active'])
  })

  it('that nobody registered are listed apart, with their connections', async () => {
    await connect(running.url)

    const { text } = await owner.open('/console/clients')

    const [, own = ''] = toPlainText(text).split('Registered by themselves')
    expect(own).toMatch(/Test client Returns to 127\.0\.0\.1 Connections 1/)
  })

  it('are shown as text, whatever they call themselves', async () => {
    const client = await registerClient(running.url, { client_name: HOSTILE })
    await exchangeCode(running.url, client, await authorize(running.url, client))
    await register({ name: HOSTILE })

    const { text } = await owner.open('/console/clients')

    expect(text).not.toContain('<img')
    expect(text).not.toContain('\u202e')
    expect(text.split('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;')).toHaveLength(3)
  })

  it('of another organization do not exist here', async () => {
    const path = new URL((await register()).url).pathname
    const globex = await signInToConsole(running.url, { email: 'owner@globex.example' })
    const csrf = csrfOf(globex.first)

    const pages = await Promise.all(
      [path, `${path}/rotate`, `${path}/deactivate`].map((each) => globex.open(each)),
    )
    const changes = await Promise.all(
      ['rotate', 'deactivate', 'activate'].map((what) => globex.post(`${path}/${what}`, { csrf })),
    )
    const unknown = await globex.open('/console/clients/nobody')
    const list = await globex.open('/console/clients')

    expect([...pages, ...changes, unknown].map(({ status }) => status)).toEqual(Array(7).fill(404))
    expect(list.text).not.toContain('Reports')
  })

  it('of another host of the same organization are not here, where they could not connect', async () => {
    const id = 'client-of-another-host'
    await running.store.clients.put({
      ...{ realm: 'acme', id, organizationId: 'acme', kind: 'registered', type: 'other' },
      ...{ name: 'Elsewhere', metadata: '{"client_secret":"sha256$x"}' },
    })

    const list = await owner.open('/console/clients')
    const answers = [
      await owner.open(`/console/clients/${id}`),
      await owner.post(`/console/clients/${id}/rotate`, { csrf: csrfOf(owner.first) }),
    ]

    expect(list.text).not.toContain('Elsewhere')
    expect(answers.map(({ status }) => status)).toEqual([404, 404])
  })

  it('are nobody else’s to see or change', async () => {
    const path = new URL((await register()).url).pathname

    const open = await findOpenDoors(running.url, [
      ...(['GET /console/clients', 'GET /console/clients/new', 'POST /console/clients'] as const),
      ...([`GET ${path}`, `GET ${path}/rotate`, `GET ${path}/deactivate`] as const),
      ...([`POST ${path}/rotate`, `POST ${path}/deactivate`, `POST ${path}/activate`] as const),
    ])

    expect(open).toEqual([])
  })
})
