import { describe, expect, it } from '@jest/globals'
import { startDemo, type DemoOptions } from '../../../demo/server.ts'
import { readRequests, setFaults, clearRequests } from '../../demo/support/control.ts'
import { at } from '../../demo/support/json.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import { startFlowtly } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  bearer,
  connect,
  createPkce,
  decide,
  refreshTokens,
  registerClient,
  signIn,
  type Tokens,
} from '../../support/oauth-client.ts'
import { callTool, post, resultOf } from '../../support/rpc.ts'

const HOUR_MS = 3_600_000

/** The connector before a demo whose clock stands in the test's hands. */
async function begin(options: DemoOptions = {}) {
  const clock = { aheadMs: 0 }
  const demo = await startDemo({ now: () => Date.now() + clock.aheadMs, ...options })
  const connector = await startFlowtly(demo.url)
  const close = async () => {
    await connector.close()
    await demo.close()
  }
  return { demo, clock, url: connector.url, close, [Symbol.asyncDispose]: close }
}

type Running = Awaited<ReturnType<typeof begin>>

function call(url: string, { access_token: token }: Tokens) {
  return callTool(url, 'invoices.list', {}, bearer(token))
}

async function ping(url: string, { access_token: token }: Tokens) {
  const { status, headers } = await post(
    `${url}/mcp`,
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    bearer(token),
  )
  return { status, challenge: headers.get('www-authenticate') }
}

/** How often the upstream was asked for a path. */
async function countRequests({ demo }: Running, path: string): Promise<number> {
  const requests = await readRequests(demo)
  return requests.filter((request) => at(request, 'target') === path).length
}

const REFRESH = '/v1/sessions/refresh'

describe('an upstream session that has ended', () => {
  it('is renewed once, and the call goes on', async () => {
    await using running = await begin()
    const { url, clock, demo } = running
    const { tokens } = await connect(url)
    await clearRequests(demo)
    clock.aheadMs = 2 * HOUR_MS

    expect(resultOf(await call(url, tokens))).toHaveProperty('data')
    expect(resultOf(await call(url, tokens))).toHaveProperty('data')

    expect(await countRequests(running, REFRESH)).toBe(1)
  })

  it('is renewed once for twenty calls at once', async () => {
    await using running = await begin()
    const { url, clock, demo } = running
    const { tokens } = await connect(url)
    await clearRequests(demo)
    clock.aheadMs = 2 * HOUR_MS

    const answers = await Promise.all(Array.from({ length: 20 }, () => call(url, tokens)))

    for (const answer of answers) expect(resultOf(answer)).toHaveProperty('data')
    expect(await countRequests(running, REFRESH)).toBe(1)
  })

  it('that cannot be renewed ends the connection: 401 in the answer, then a challenge', async () => {
    await using running = await begin({ refreshTtlSeconds: 60 })
    const { url, clock } = running
    const { client, tokens } = await connect(url)
    clock.aheadMs = 2 * HOUR_MS

    const answer = await call(url, tokens)

    expect(answer.error).toMatchObject({ code: -32_000, data: { status: 401 } })
    expect(await ping(url, tokens)).toEqual({
      status: 401,
      challenge: expect.stringContaining('error="invalid_token"'),
    })
    expect(await refreshTokens(url, client, tokens.refresh_token)).toMatchObject({
      status: 400,
      error: 'invalid_grant',
    })
  })

  it('goes on where the renewal could not be judged', async () => {
    await using running = await begin()
    const { url, clock, demo } = running
    const { tokens } = await connect(url)
    clock.aheadMs = 2 * HOUR_MS
    await setFaults(demo, [{ kind: 'status', status: 503, path: '/sessions' }])

    const answer = await call(url, tokens)
    await setFaults(demo, [])

    expect(answer.error).toMatchObject({ code: -32_000 })
    expect(at(answer.error, 'data', 'status')).not.toBe(401)
    expect(resultOf(await call(url, tokens))).toHaveProperty('data')
  })
})

describe('a member', () => {
  it.each<[string, (running: Running) => void]>([
    [
      'who left the organization',
      ({ demo }) => demo.database.exec("DELETE FROM memberships WHERE member_id = 'mem_02'"),
    ],
    [
      'who may no longer approve',
      ({ demo }) =>
        demo.database.exec("UPDATE memberships SET role = 'member' WHERE member_id = 'mem_02'"),
    ],
    [
      'whose session was ended upstream',
      ({ demo }) => demo.database.exec("DELETE FROM sessions WHERE member_id = 'mem_02'"),
    ],
  ])('%s gets no other token, and the one they have ends', async (_name, change) => {
    await using running = await begin()
    const { url } = running
    const { client, tokens } = await connect(url, { email: 'admin@acme.example' })
    const bystander = await connect(url)
    change(running)

    const refused = await refreshTokens(url, client, tokens.refresh_token)

    expect(refused).toMatchObject({ status: 400, error: 'invalid_grant', access_token: '' })
    expect((await ping(url, tokens)).status).toBe(401)
    expect((await ping(url, bystander.tokens)).status).toBe(200)
  })

  it('who went to another organization keeps nothing of the first', async () => {
    await using running = await begin()
    const { url, demo } = running
    const { client, tokens } = await connect(url, { email: 'admin@acme.example' })
    demo.database.exec(`UPDATE memberships SET organization_id = 'globex', role = 'owner'
      WHERE member_id = 'mem_02'`)

    expect(await refreshTokens(url, client, tokens.refresh_token)).toMatchObject({ status: 400 })
    expect((await ping(url, tokens)).status).toBe(401)
  })

  it('who left reads nothing with the token that they still have', async () => {
    await using running = await begin()
    const { url, demo } = running
    const { tokens } = await connect(url, { email: 'admin@acme.example' })
    demo.database.exec("DELETE FROM memberships WHERE member_id = 'mem_02'")

    const answer = await call(url, tokens)

    expect(answer.result).toBeUndefined()
    expect(answer.error).toMatchObject({ code: -32_000, data: { status: 403 } })
  })

  it('who left between sign-in and consent cannot approve', async () => {
    await using running = await begin()
    const { url, demo } = running
    const client = await registerClient(url)
    const browser = startBrowserSession()
    const start = await browser.open(authorizationUrl(url, client, createPkce().challenge))
    const consent = await signIn(browser, start, { email: 'admin@acme.example' })
    demo.database.exec("DELETE FROM memberships WHERE member_id = 'mem_02'")

    const last = await decide(browser, consent)

    expect(consent.text).toContain('value="allow"')
    expect(last).toMatchObject({ status: 403, url: consent.url })
  })

  it('is asked for with the session renewed, where it had ended', async () => {
    await using running = await begin()
    const { url, clock, demo } = running
    const { client, tokens } = await connect(url)
    await clearRequests(demo)
    clock.aheadMs = 2 * HOUR_MS

    const next = await refreshTokens(url, client, tokens.refresh_token)

    expect(next.status).toBe(200)
    expect(await countRequests(running, REFRESH)).toBe(1)
    expect(resultOf(await call(url, next))).toHaveProperty('data')
  })
})

describe('an upstream that is down at a refresh', () => {
  it.each<[string, object]>([
    ['answers 503', { kind: 'status', status: 503, path: '/me' }],
    ['answers 500 in HTML', { kind: 'html-500', path: '/me' }],
    ['cuts the connection', { kind: 'reset', path: '/me' }],
    ['answers nonsense', { kind: 'broken-json', path: '/me' }],
    ['limits the rate', { kind: 'rate-limit', path: '/me' }],
  ])('and %s spends nothing: the same refresh token works afterwards', async (_name, fault) => {
    await using running = await begin()
    const { url, demo } = running
    const { client, tokens } = await connect(url)
    await setFaults(demo, [fault])

    const down = await refreshTokens(url, client, tokens.refresh_token)
    const again = await refreshTokens(url, client, tokens.refresh_token)
    await setFaults(demo, [])
    const after = await refreshTokens(url, client, tokens.refresh_token)

    for (const answer of [down, again]) {
      expect(answer).toMatchObject({ status: 503, error: 'temporarily_unavailable' })
    }
    expect(after.status).toBe(200)
    expect((await ping(url, tokens)).status).toBe(200)
  })
})
