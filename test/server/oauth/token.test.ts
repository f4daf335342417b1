import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { decodeProtectedHeader } from 'jose'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorize,
  bearer,
  claimsOf,
  connect,
  createPkce,
  exchangeCode,
  refreshTokens,
  registerClient,
  requestTokens,
  type TestClient,
} from '../../support/oauth-client.ts'
import { post } from '../../support/rpc.ts'

let file: DatabaseFile
let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let client: TestClient

beforeAll(async () => {
  file = await createDatabaseFile()
  running = await startWithDemo({ DATABASE_URL: file.url, ACCESS_TOKEN_TTL: '120' })
  url = running.connector.url
  client = await registerClient(url)
})

afterAll(async () => {
  await running.close()
  await file.drop()
})

/** Longer than the grace of ten seconds. */
const PAST_GRACE_MS = 11_000

/** What was used of a model was used earlier. */
function letGracePass(model: 'AuthorizationCode' | 'RefreshToken'): void {
  const statement = 'update model set consumed_at = consumed_at - ? where model = ?'
  expect(file.run(statement, PAST_GRACE_MS, model)).toBeGreaterThan(0)
}

async function statusOf(accessToken: string): Promise<number> {
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
  return (await post(`${url}/mcp`, ping, bearer(accessToken))).status
}

const REFUSED = { status: 400, error: 'invalid_grant', access_token: '', refresh_token: '' }

describe('an authorization code', () => {
  it('gives tokens once; a second use soon after is refused and ends nothing', async () => {
    const granted = await authorize(url, client)
    const tokens = await exchangeCode(url, client, granted)
    const again = await exchangeCode(url, client, granted)

    expect(tokens.status).toBe(200)
    expect(again).toMatchObject(REFUSED)
    expect(await statusOf(tokens.access_token)).toBe(200)
    expect((await refreshTokens(url, client, tokens.refresh_token)).status).toBe(200)
  })

  it('used again later ends the connection that it led to', async () => {
    const granted = await authorize(url, client)
    const tokens = await exchangeCode(url, client, granted)
    letGracePass('AuthorizationCode')

    expect(await exchangeCode(url, client, granted)).toMatchObject(REFUSED)

    expect(await statusOf(tokens.access_token)).toBe(401)
    expect(await refreshTokens(url, client, tokens.refresh_token)).toMatchObject(REFUSED)
  })

  it('lives for a minute', async () => {
    const granted = await authorize(url, client)
    const soonest = Date.now() + 55_000
    const statement = `update model set expires_at = expires_at - 60000
      where model = 'AuthorizationCode' and consumed_at is null and expires_at between ? and ?`
    expect(file.run(statement, soonest, soonest + 5_001)).toBe(1)

    expect(await exchangeCode(url, client, granted)).toMatchObject(REFUSED)
  })

  it.each<[string, Readonly<Record<string, string>>]>([
    ['another redirect URI', { redirect_uri: 'http://127.0.0.1:33418/other' }],
    ['another port', { redirect_uri: 'http://127.0.0.1:1/callback' }],
    ['another verifier', { code_verifier: createPkce().verifier }],
  ])('is refused with %s, and still there for who has it right', async (_name, params) => {
    const granted = await authorize(url, client)

    expect(await exchangeCode(url, client, granted, params)).toMatchObject(REFUSED)
    expect((await exchangeCode(url, client, granted)).status).toBe(200)
  })

  it('is of no use to another client', async () => {
    const granted = await authorize(url, client)
    const other = await registerClient(url)

    expect(await exchangeCode(url, other, granted)).toMatchObject(REFUSED)
    expect((await exchangeCode(url, client, granted)).status).toBe(200)
  })

  it('is refused for a resource that it was not given for', async () => {
    const granted = await authorize(url, client)
    const tokens = await exchangeCode(url, client, granted, { resource: 'https://evil.example/' })

    expect(tokens).toMatchObject({ status: 400, error: 'invalid_target', access_token: '' })
  })

  it.each(['', 'nonsense', 'x'.repeat(5_000)])('cannot be made up: %.20j', async (code) => {
    const tokens = await exchangeCode(url, client, { code, verifier: createPkce().verifier })

    expect(tokens.status).toBe(400)
    expect(['invalid_grant', 'invalid_request']).toContain(tokens.error)
  })
})

describe('a refresh token', () => {
  it('is replaced at every use', async () => {
    const { client: own, tokens } = await connect(url)
    const seen = [tokens.refresh_token]
    for (let round = 0; round < 3; round += 1) {
      const next = await refreshTokens(url, own, seen.at(-1) ?? '')
      expect(next.status).toBe(200)
      seen.push(next.refresh_token)
    }

    expect(new Set(seen).size).toBe(4)
  })

  it('used twice within the grace is refused, and the connection goes on', async () => {
    const { client: own, tokens } = await connect(url)
    const next = await refreshTokens(url, own, tokens.refresh_token)

    expect(await refreshTokens(url, own, tokens.refresh_token)).toMatchObject(REFUSED)

    expect(await statusOf(next.access_token)).toBe(200)
    expect((await refreshTokens(url, own, next.refresh_token)).status).toBe(200)
  })

  it('used again later ends the whole connection', async () => {
    const { client: own, tokens } = await connect(url)
    const next = await refreshTokens(url, own, tokens.refresh_token)
    letGracePass('RefreshToken')

    expect(await refreshTokens(url, own, tokens.refresh_token)).toMatchObject(REFUSED)

    expect(await statusOf(next.access_token)).toBe(401)
    expect(await refreshTokens(url, own, next.refresh_token)).toMatchObject(REFUSED)
  })

  it('ends no other connection of the same person and client', async () => {
    const granted = await authorize(url, client)
    const bystander = await exchangeCode(url, client, granted)
    const mine = await exchangeCode(url, client, await authorize(url, client))
    await refreshTokens(url, client, mine.refresh_token)
    letGracePass('RefreshToken')

    await refreshTokens(url, client, mine.refresh_token)

    expect(await statusOf(mine.access_token)).toBe(401)
    expect(await statusOf(bystander.access_token)).toBe(200)
  })

  it('is of no use to another client, and is not spent by the attempt', async () => {
    const { client: own, tokens } = await connect(url)

    expect(await refreshTokens(url, client, tokens.refresh_token)).toMatchObject(REFUSED)
    expect((await refreshTokens(url, own, tokens.refresh_token)).status).toBe(200)
  })

  it('may give a token for fewer scopes, for that token only', async () => {
    const { client: own, tokens } = await connect(url, {
      scopes: ['invoices:read', 'contracts:read'],
    })
    const fewer = await requestTokens(url, own, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      scope: 'invoices:read',
    })
    const all = await refreshTokens(url, own, fewer.refresh_token)

    expect(fewer.scope).toBe('invoices:read')
    expect(claimsOf(fewer.access_token)).toMatchObject({ scope: 'invoices:read' })
    expect(all.scope.split(' ').sort()).toEqual(['contracts:read', 'invoices:read'])
  })

  it('never gives more scopes than were consented to', async () => {
    const { client: own, tokens } = await connect(url, { scopes: ['invoices:read'] })
    const more = await requestTokens(url, own, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      scope: 'invoices:read contracts:read',
    })

    if (more.status === 200) expect(more.scope).toBe('invoices:read')
    else expect(more).toMatchObject({ status: 400, error: 'invalid_scope' })
  })

  it('is refused for a foreign resource, and not spent by the attempt', async () => {
    const { client: own, tokens } = await connect(url)
    const foreign = await requestTokens(url, own, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      resource: 'https://evil.example/mcp',
    })

    expect(foreign).toMatchObject({ status: 400, error: 'invalid_target', access_token: '' })
    expect((await refreshTokens(url, own, tokens.refresh_token)).status).toBe(200)
  })

  it('ends when its time is over', async () => {
    const { client: own, tokens } = await connect(url)
    file.run("update model set expires_at = 1 where model = 'RefreshToken'")

    expect(await refreshTokens(url, own, tokens.refresh_token)).toMatchObject(REFUSED)
  })
})

describe('an answer of the token endpoint', () => {
  it('is JSON that nobody stores, and never repeats what was sent', async () => {
    const { code, verifier } = await authorize(url, client)
    const response = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: client.client_id,
        redirect_uri: client.redirect_uri,
        code,
        code_verifier: verifier,
      }),
    })
    const text = await response.text()

    expect(response.headers.get('content-type')).toMatch(/^application\/json\b/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(JSON.parse(text)).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 120,
      scope: expect.stringContaining('invoices:read'),
    })
    expect(text).not.toContain(verifier)
  })

  it('has an access token of RFC 9068, signed with ES256, for as long as was set', async () => {
    const { client: own, tokens } = await connect(url)
    const { iat, exp, ...claims } = claimsOf(tokens.access_token)

    expect(decodeProtectedHeader(tokens.access_token)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: expect.any(String),
    })
    expect(claims).toEqual({
      iss: url,
      aud: `${url}/mcp`,
      sub: 'mem_01',
      client_id: own.client_id,
      scope: tokens.scope,
      org: 'acme',
      gid: expect.any(String),
      jti: expect.any(String),
    })
    expect(Number(exp) - Number(iat)).toBe(120)
  })

  it.each([
    ['password', 'unsupported_grant_type'],
    ['client_credentials', 'unsupported_grant_type'],
    ['urn:ietf:params:oauth:grant-type:device_code', 'unsupported_grant_type'],
    ['', 'invalid_request'],
  ])('to the grant type %j is a refusal', async (grantType, error) => {
    const tokens = await requestTokens(url, client, {
      grant_type: grantType,
      username: 'owner@acme.example',
      password: 'sluice-demo',
    })

    expect(tokens).toMatchObject({ status: 400, error, access_token: '' })
  })
})
