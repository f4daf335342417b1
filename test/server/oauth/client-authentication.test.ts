import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sha256 } from '../../../server/hash.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorize,
  bearer,
  exchangeCode,
  refreshTokens,
  registerClient,
  type TestClient,
  type Tokens,
} from '../../support/oauth-client.ts'
import { post } from '../../support/rpc.ts'

type Registered = TestClient & { readonly client_secret: string }
type Sent = {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, string>>
}

let file: DatabaseFile
let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let basic: Registered
let inBody: Registered
let open: TestClient

beforeAll(async () => {
  file = await createDatabaseFile()
  running = await startWithDemo({ DATABASE_URL: file.url })
  url = running.connector.url
  basic = await register('client_secret_basic')
  inBody = await register('client_secret_post')
  open = await registerClient(url)
})

afterAll(async () => {
  await running.close()
  await file.drop()
})

async function register(method: string): Promise<Registered> {
  const client = await registerClient(url, { token_endpoint_auth_method: method })
  return { ...client, client_secret: client.client_secret ?? '' }
}

function basicHeader(id: string, secret: string) {
  const pair = `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

async function send(path: string, { headers = {}, body = {} }: Sent) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers,
    body: new URLSearchParams(body),
  })
  const text = await response.text()
  const answer: unknown = text === '' ? {} : JSON.parse(text)
  return { status: response.status, headers: response.headers, answer }
}

/** Exchanges a new code of the client, proving who asks in the given way. */
async function exchange(client: TestClient, { headers = {}, body = {} }: Sent) {
  const { code, verifier } = await authorize(url, client)
  const params = {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: client.redirect_uri,
  }
  return send('/oauth/token', { headers, body: { ...params, ...body } })
}

async function statusOf({ access_token: token }: Tokens): Promise<number> {
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' })
  return (await post(`${url}/mcp`, ping, bearer(token))).status
}

describe('a client with a secret', () => {
  it.each<[string, () => Registered]>([
    ['client_secret_basic', () => basic],
    ['client_secret_post', () => inBody],
  ])('of %s proves itself in the header or in the body', async (_method, client) => {
    const { client_id: id, client_secret: secret } = client()

    for (const proof of [
      { headers: basicHeader(id, secret) },
      { body: { client_id: id, client_secret: secret } },
    ]) {
      expect(await exchange(client(), proof)).toMatchObject({ status: 200 })
    }
  })

  it.each<[string, () => Sent]>([
    ['a wrong one', () => ({ headers: basicHeader(basic.client_id, 'wrong') })],
    ['an empty one', () => ({ headers: basicHeader(basic.client_id, '') })],
    ['none', () => ({ body: { client_id: basic.client_id } })],
    ['that of another', () => ({ headers: basicHeader(basic.client_id, inBody.client_secret) })],
    ['a broken header', () => ({ headers: { authorization: 'Basic !!!' } })],
    [
      'its hash as it is stored',
      () => ({ headers: basicHeader(basic.client_id, `sha256$${sha256(basic.client_secret)}`) }),
    ],
    [
      'the right one of another client id',
      () => ({ headers: basicHeader(inBody.client_id, basic.client_secret) }),
    ],
    [
      'a right one and a wrong one',
      () => ({
        headers: basicHeader(basic.client_id, 'wrong'),
        body: { client_id: basic.client_id, client_secret: basic.client_secret },
      }),
    ],
  ])('gets nothing with %s', async (_name, toSent) => {
    const { status, answer } = await exchange(basic, toSent())

    expect([400, 401]).toContain(status)
    expect(answer).toMatchObject({ error: expect.stringMatching(/^invalid_(?:client|request)$/) })
    expect(answer).not.toHaveProperty('access_token')
  })

  it('cannot pass for a public one at a refresh', async () => {
    const tokens = await exchangeCode(url, inBody, await authorize(url, inBody))
    const { client_id: id, redirect_uri: redirect } = inBody
    const thief = { client_id: id, redirect_uri: redirect }

    expect(await refreshTokens(url, thief, tokens.refresh_token)).toMatchObject({
      status: 401,
      error: 'invalid_client',
    })
    expect((await refreshTokens(url, inBody, tokens.refresh_token)).status).toBe(200)
  })

  it('may have a secret that only its holder knows: the store has a hash', () => {
    const rows = file.all('select metadata from client')

    expect(JSON.stringify(rows)).toContain('sha256$')
    for (const { client_secret: secret } of [basic, inBody]) {
      expect(secret.length).toBeGreaterThan(40)
      expect(JSON.stringify(rows)).not.toContain(secret)
    }
  })
})

describe('a client', () => {
  it('that is unknown is told so', async () => {
    const { status, answer } = await send('/oauth/token', {
      body: { grant_type: 'refresh_token', refresh_token: 'x', client_id: 'nobody' },
    })

    expect(status).toBe(401)
    expect(answer).toMatchObject({ error: 'invalid_client' })
  })
})

describe('revocation (RFC 7009)', () => {
  async function connected(client: TestClient = open) {
    return exchangeCode(url, client, await authorize(url, client))
  }

  it.each([{}, { token_type_hint: 'refresh_token' }, { token_type_hint: 'access_token' }])(
    'of a refresh token ends the connection at once, with %j',
    async (hint) => {
      const tokens = await connected()
      const { status } = await send('/oauth/revoke', {
        body: { client_id: open.client_id, token: tokens.refresh_token, ...hint },
      })

      expect(status).toBe(200)
      expect(await statusOf(tokens)).toBe(401)
      expect(await refreshTokens(url, open, tokens.refresh_token)).toMatchObject({
        status: 400,
        error: 'invalid_grant',
      })
    },
  )

  it('of a spent refresh token ends the connection too', async () => {
    const first = await connected()
    const second = await refreshTokens(url, open, first.refresh_token)

    await send('/oauth/revoke', {
      body: { client_id: open.client_id, token: first.refresh_token },
    })

    expect(await statusOf(second)).toBe(401)
  })

  it('by another client does nothing, and does not tell that it did nothing', async () => {
    const tokens = await connected()
    const other = await registerClient(url)
    const { status } = await send('/oauth/revoke', {
      body: { client_id: other.client_id, token: tokens.refresh_token },
    })

    expect(status).toBe(200)
    expect(await statusOf(tokens)).toBe(200)
    expect((await refreshTokens(url, open, tokens.refresh_token)).status).toBe(200)
  })

  it('of an unknown token succeeds', async () => {
    const { status } = await send('/oauth/revoke', {
      body: { client_id: open.client_id, token: 'x' },
    })

    expect(status).toBe(200)
  })

  it('of an access token is not offered, and says so', async () => {
    const tokens = await connected()
    const { status, answer } = await send('/oauth/revoke', {
      body: { client_id: open.client_id, token: tokens.access_token },
    })

    expect(status).toBe(400)
    expect(answer).toMatchObject({ error: 'unsupported_token_type' })
    expect(await statusOf(tokens)).toBe(200)
  })

  it.each([
    ['no client', {}],
    ['a client with a secret that does not prove itself', { client_id: true }],
  ])('by %s is refused', async (_name, { client_id: named = false }: { client_id?: boolean }) => {
    const tokens = await connected(inBody)
    const { status } = await send('/oauth/revoke', {
      body: { token: tokens.refresh_token, ...(named && { client_id: inBody.client_id }) },
    })

    expect([400, 401]).toContain(status)
    expect(await statusOf(tokens)).toBe(200)
  })
})
