import { createHmac, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { importJWK, SignJWT } from 'jose'
import { createKeyRing, type PrivateJwk } from '../../../server/oauth/signing-keys.ts'
import { createSeal } from '../../../server/seal.ts'
import { openStore } from '../../../server/store/open-store.ts'
import { createDatabaseFile, type DatabaseFile } from '../../support/database-file.ts'
import { startWithDemo, TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { bearer, claimsOf, connect, type Tokens } from '../../support/oauth-client.ts'
import { post } from '../../support/rpc.ts'

type Values = Readonly<Record<string, unknown>>

let file: DatabaseFile
let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let tokens: Tokens
let claims: Values
/** Claims of the connection of another member, of another organization. */
let foreign: Values
let key: PrivateJwk

beforeAll(async () => {
  file = await createDatabaseFile()
  running = await startWithDemo({ DATABASE_URL: file.url })
  url = running.connector.url
  tokens = (await connect(url)).tokens
  claims = claimsOf(tokens.access_token)
  const other = await connect(url, { email: 'owner@globex.example' })
  foreign = claimsOf(other.tokens.access_token)
  key = await readSigningKey(file.url)
})

afterAll(async () => {
  await running.close()
  await file.drop()
})

/** The worst case: a token that the server's own key has signed. */
async function readSigningKey(databaseUrl: string): Promise<PrivateJwk> {
  const store = await openStore({ url: databaseUrl, now: Date.now })
  const seal = createSeal(Buffer.from(TEST_SECRET_KEY.reveal(), 'base64'), 'signing-keys')
  const now = Date.now
  const ring = createKeyRing({ store: store.signingKeys, seal, accessTokenTtlMs: 3_600_000, now })
  const [first] = (await ring.current()).keys
  await store.close()
  if (first === undefined) throw new Error('the server has no key')
  return first
}

/** Signs with the server's key, or with another; `undefined` leaves a claim out. */
async function sign(
  changes: Values = {},
  {
    typ = 'at+jwt',
    signWith = key,
    ...header
  }: { readonly typ?: string; readonly signWith?: PrivateJwk } & Values = {},
): Promise<string> {
  return new SignJWT({ ...claims, ...changes })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid, typ, ...header })
    .sign(await importJWK(signWith, 'ES256'), { crit: { new: true } })
}

function createStrangerKey(): PrivateJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '', d = '' } = privateKey.export({ format: 'jwk' })
  return { ...key, x, y, d }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** Signs with HMAC, as if the public key were a shared secret. */
function signWithPublicKey(secret: string | Buffer): string {
  const input = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: key.kid })}.${encode(claims)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

function publicPem(): string {
  const { kty, crv, x, y } = key
  const publicKey = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
  return publicKey.export({ type: 'spki', format: 'pem' })
}

async function ping(headers: Readonly<Record<string, string>>, query = '') {
  const answer = await post(
    `${url}/mcp${query}`,
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' }),
    headers,
  )
  return { status: answer.status, challenge: answer.headers.get('www-authenticate') }
}

function challengeWith(error: string): RegExp {
  const place = `${url}/.well-known/oauth-protected-resource/mcp`
  return new RegExp(`^Bearer ${error}resource_metadata="${place}", scope="[\\w: ]+"$`)
}

const now = () => Math.floor(Date.now() / 1000)

describe('a bearer token', () => {
  it('that the server made opens the connector, under any spelling of the scheme', async () => {
    for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
      const { status } = await ping({ authorization: `${scheme} ${tokens.access_token}` })
      expect(status).toBe(200)
    }
    expect(await ping(bearer(await sign()))).toEqual({ status: 200, challenge: null })
  })

  it.each<[string, () => string | Promise<string>]>([
    ['empty', () => ''],
    ['garbage', () => 'garbage'],
    ['three empty parts', () => '..'],
    ['two tokens', () => `${tokens.access_token}, Bearer ${tokens.access_token}`],
    ['cut off', () => tokens.access_token.slice(0, -4)],
    ['altered', () => tokens.access_token.replace(/\.[^.]+\./, `.${encode(foreign)}.`)],
    ['very long', () => `${tokens.access_token}${'A'.repeat(9_000)}`],
    ['a refresh token', () => tokens.refresh_token],
    ['unsigned', () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims)}.`],
    ['unsigned in other letters', () => `${encode({ alg: 'nOnE' })}.${encode(claims)}.`],
    ['signed with the public key as a secret (JWK)', () => signWithPublicKey(key.x)],
    ['signed with the public key as a secret (PEM)', () => signWithPublicKey(publicPem())],
    ['signed by a stranger under our key id', () => sign({}, { signWith: createStrangerKey() })],
    ['of a key nobody knows', () => sign({}, { kid: 'other' })],
    [
      'with its own key in the header',
      () => {
        const stranger = createStrangerKey()
        const { kty, crv, x, y } = stranger
        const header = { kid: 'mine', jku: 'https://evil.example/', x5c: [x] }
        return sign({}, { ...header, signWith: stranger, jwk: { kty, crv, x, y } })
      },
    ],
    ['with a header that must be understood', () => sign({}, { crit: ['new'], new: 1 })],
    ['an ID token', () => sign({}, { typ: 'JWT' })],
    ['a logout token', () => sign({}, { typ: 'logout+jwt' })],
    ['of another issuer', () => sign({ iss: 'https://evil.example' })],
    ['of this issuer with a slash', () => sign({ iss: `${url}/` })],
    ['of no issuer', () => sign({ iss: undefined })],
    ['for another audience', () => sign({ aud: 'https://evil.example/mcp' })],
    ['for the issuer itself', () => sign({ aud: url })],
    ['for no audience', () => sign({ aud: undefined })],
    ['expired', () => sign({ exp: now() - 1 })],
    ['without an end', () => sign({ exp: undefined })],
    ['not valid yet', () => sign({ nbf: now() + 600 })],
    ['of nobody', () => sign({ sub: undefined })],
    ['of no client', () => sign({ client_id: undefined })],
    ['of no organization', () => sign({ org: undefined })],
    ['of no connection', () => sign({ gid: undefined })],
    ['of an unknown connection', () => sign({ gid: 'unknown' })],
    ['of a list of connections', () => sign({ gid: [claims['gid']] })],
    ['of the connection of another person', () => sign({ gid: foreign['gid'] })],
    ['of another person on this connection', () => sign({ sub: foreign['sub'] })],
    ['of another organization on this connection', () => sign({ org: foreign['org'] })],
    ['of another client on this connection', () => sign({ client_id: foreign['client_id'] })],
  ])('that is %s is refused as invalid_token', async (_name, make) => {
    const { status, challenge } = await ping({ authorization: `Bearer ${await make()}` })

    expect(status).toBe(401)
    expect(challenge).toMatch(challengeWith('error="invalid_token", '))
  })

  it('in the query is no token at all', async () => {
    const { status, challenge } = await ping({}, `?access_token=${tokens.access_token}`)

    expect(status).toBe(401)
    expect(challenge).toMatch(challengeWith(''))
  })

  it.each([
    ['nothing', {}],
    ['another scheme', { authorization: 'Basic b3duZXI6c2x1aWNlLWRlbW8=' }],
    ['a scheme that begins alike', { authorization: 'Bearers abc' }],
    ['a cookie', { cookie: 'access_token=abc' }],
  ])('is asked for without an error where %s was sent', async (_name, headers) => {
    const { status, challenge } = await ping(headers)

    expect(status).toBe(401)
    expect(challenge).toMatch(challengeWith(''))
  })

  it('that has expired while it was remembered is refused', async () => {
    const short = await sign({ exp: now() + 2 })
    expect((await ping(bearer(short))).status).toBe(200)

    await new Promise((resolve) => setTimeout(resolve, 2_100))

    expect((await ping(bearer(short))).status).toBe(401)
  })

  it('cannot carry more scopes than the member consented to', async () => {
    const { tokens: few } = await connect(url, { scopes: ['invoices:read'] })
    const more = await sign({
      ...claimsOf(few.access_token),
      scope: 'invoices:read contracts:read',
    })
    const call = (name: string) =>
      post(
        `${url}/mcp`,
        JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name } }),
        bearer(more),
      )

    expect((await call('contracts.list')).status).toBe(403)
    expect((await call('invoices.list')).status).toBe(200)
  })

  it('stops working at the moment at which its connection ends', async () => {
    const { tokens: ending } = await connect(url)
    const gid = String(claimsOf(ending.access_token)['gid'])
    expect((await ping(bearer(ending.access_token))).status).toBe(200)

    file.run('update member_grant set ended_at = 1, credential = null where id = ?', gid)

    expect((await ping(bearer(ending.access_token))).status).toBe(401)
  })
})
