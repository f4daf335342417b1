import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startBrowserSession } from '../../support/browser-session.ts'
import { credentials } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  authorize,
  createPkce,
  decide,
  exchangeCode,
  registerClient,
  signIn,
} from '../../support/oauth-client.ts'
import { startSwitched } from '../../support/switched.ts'

const PING = '{"jsonrpc":"2.0","id":1,"method":"ping"}'
const JSON_TYPE = { 'content-type': 'application/json' }

let running: Awaited<ReturnType<typeof startSwitched>>
beforeAll(async () => {
  running = await startSwitched({ WORKSPACE_ORIGIN: 'https://app.example.com' })
})
afterAll(() => running.close())
afterEach(() => end())

const begin = (message: string | null = null) =>
  running.change(({ switches }) => switches.beginMaintenance(message))
const end = () => running.change(({ switches }) => switches.endMaintenance())

describe('maintenance', () => {
  it.each<[string, RequestInit]>([
    ['a member', { method: 'POST', body: PING, headers: { ...JSON_TYPE, ...credentials() } }],
    ['nobody', { method: 'POST', body: PING, headers: JSON_TYPE }],
    ['a wrong token', { method: 'POST', body: PING, headers: { authorization: 'Bearer no' } }],
    ['no JSON', { method: 'POST', body: '{', headers: JSON_TYPE }],
    ['another method', { method: 'GET' }],
  ])('answers a call of %s with 503 and when to come back', async (_who, init) => {
    await begin('Back at noon.')

    const answer = await fetch(`${running.url}/mcp`, init)

    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(answer.headers.get('www-authenticate')).toBeNull()
    expect(await answer.json()).toEqual({
      error: 'maintenance',
      message: 'The connector is out of service for maintenance. Back at noon.',
      requestId: expect.any(String),
    })
  })

  it('can be read by the pages that may call', async () => {
    await begin()

    const headers = { ...JSON_TYPE, ...credentials(), origin: 'https://app.example.com' }
    const answer = await fetch(`${running.url}/mcp`, { method: 'POST', body: PING, headers })

    expect(answer.status).toBe(503)
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example.com')
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After')
  })

  it.each([
    ['/health', 200],
    ['/.well-known/oauth-authorization-server', 200],
    ['/.well-known/oauth-protected-resource/mcp', 200],
    ['/oauth/jwks', 200],
    ['/mcp/openapi.json', 200],
  ])('leaves %s alone', async (path, status) => {
    await begin()

    expect((await fetch(`${running.url}${path}`)).status).toBe(status)
  })

  it('is a page for who comes to connect, with what the operator says', async () => {
    const client = await registerClient(running.url)
    await begin('Back <b>at noon</b>.')

    const response = await fetch(authorizationUrl(running.url, client, createPkce().challenge), {
      redirect: 'manual',
    })
    const text = await response.text()

    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('60')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('Back soon')
    expect(text).toContain('Back &lt;b&gt;at noon&lt;/b&gt;.')
    expect(text).not.toContain('<b>')
  })

  it('stops a connection at each step, which goes on afterwards', async () => {
    const client = await registerClient(running.url)
    const session = startBrowserSession()
    const { verifier, challenge } = createPkce()
    const page = await session.open(authorizationUrl(running.url, client, challenge))

    await begin()
    const signedIn = await signIn(session, page)
    await end()
    const consent = await signIn(session, page)
    await begin()
    const decided = await decide(session, consent)
    const seenAgain = await session.open(consent.url)
    await end()
    const { url } = await decide(session, consent)

    expect([signedIn.status, decided.status, seenAgain.status]).toEqual([503, 503, 503])
    const code = new URL(url).searchParams.get('code') ?? ''
    expect((await exchangeCode(running.url, client, { code, verifier })).status).toBe(200)
  })

  it('lets a client finish what its member has allowed', async () => {
    const client = await registerClient(running.url)
    const granted = await authorize(running.url, client)

    await begin()

    expect((await exchangeCode(running.url, client, granted)).status).toBe(200)
  })
})
