import { createServer, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { Secret } from '../../../server/secret.ts'
import { createFederatedSignIn } from '../../../server/sign-in/federated.ts'
import { createFindPerson } from '../../../server/sign-in/find-person.ts'
import { portOf } from '../../support/port.ts'
import { failureOf, REQUEST_ID } from './fixture.ts'

const CLIENT_ID = 'sluice-test'
const REDIRECT_URI = new URL('http://127.0.0.1:33417/oauth/callback')

type Claims = Readonly<Record<string, unknown>>
type Answer = (response: ServerResponse) => void

/** An identity provider that says what a test wants; its key is the one in its JWKS. */
const script: {
  issuer: string
  metadata: Claims
  discovery: Answer | null
  token: Answer | null
  userinfo: Answer | null
} = { issuer: '', metadata: {}, discovery: null, token: null, userinfo: null }
const keys = await Promise.all(['right', 'wrong'].map(() => generateKeyPair('ES256')))
const [right, wrong] = keys.map(({ privateKey }) => privateKey)
const server = createServer((request, response) => {
  const path = request.url?.split('?', 1)[0]
  if (path === '/.well-known/openid-configuration') {
    if (script.discovery !== null) return script.discovery(response)
    return sendJson(response, { ...describeServer(), ...script.metadata })
  }
  if (path === '/jwks') return void sendKeys(response)
  if (path === '/token' && script.token !== null) return script.token(response)
  if (path === '/userinfo' && script.userinfo !== null) return script.userinfo(response)
  response.writeHead(404).end()
})

beforeAll(async () => {
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  script.issuer = `http://127.0.0.1:${portOf(server)}`
})
afterAll(() => {
  server.close()
  server.closeAllConnections()
})
beforeEach(() => {
  script.metadata = {}
  script.discovery = null
  script.token = null
  script.userinfo = null
})

function describeServer() {
  const { issuer } = script
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    id_token_signing_alg_values_supported: ['ES256'],
  }
}

async function sendKeys(response: ServerResponse): Promise<void> {
  const [pair] = keys
  if (pair === undefined) throw new Error('there is no key')
  const jwk = await exportJWK(pair.publicKey)
  sendJson(response, { keys: [{ ...jwk, kid: 'right', alg: 'ES256', use: 'sig' }] })
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function signToken(claims: Claims, key: CryptoKey | undefined = right): Promise<string> {
  if (key === undefined) throw new Error('there is no key')
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'right' }).sign(key)
}

function createSignIn(options: { readonly isOwnResource?: boolean } = {}) {
  return createFederatedSignIn({
    issuer: new URL(script.issuer),
    clientId: CLIENT_ID,
    clientSecret: new Secret('secret-of-ours'),
    scopes: ['openid'],
    resource: null,
    redirectUri: REDIRECT_URI,
    ...options,
  })
}

/** Signs in and gets a token answer with that id token. */
async function completeWith(
  toIdToken: (claims: Claims) => Promise<string> | string,
  options: Parameters<typeof createSignIn>[0] = {},
) {
  const signIn = createSignIn(options)
  const { memory } = await signIn.begin('state-1')
  const now = Math.floor(Date.now() / 1000)
  const { issuer: iss } = script
  const aud = CLIENT_ID
  const claims = { iss, sub: 'u1', aud, iat: now, exp: now + 60, nonce: memory.nonce }
  const idToken = await toIdToken(claims)
  script.token = (response) =>
    sendJson(response, { access_token: 'at-1', token_type: 'Bearer', id_token: idToken })
  return signIn.complete(new URL('?code=code-1&state=state-1', REDIRECT_URI), memory)
}

describe('an id token', () => {
  it('is taken where everything about it is right', async () => {
    expect(await completeWith((claims) => signToken(claims))).toEqual({
      kind: 'bearer',
      token: 'at-1',
      refreshToken: null,
    })
  })

  it.each<[what: string, forge: (claims: Claims) => Promise<string> | string]>([
    ['another nonce', (claims) => signToken({ ...claims, nonce: 'other' })],
    ['no nonce', (claims) => signToken({ ...claims, nonce: undefined })],
    ['another audience', (claims) => signToken({ ...claims, aud: 'somebody' })],
    ['another issuer', (claims) => signToken({ ...claims, iss: 'https://evil.example' })],
    ['its time over', (claims) => signToken({ ...claims, exp: 1_000 })],
    ['a signature by another key', (claims) => signToken(claims, wrong)],
    ['no signature', (claims) => unsigned(claims)],
    ['no form', () => 'not-a-token'],
  ])('is not taken with %s', async (_what, forge) => {
    const failure = await failureOf(completeWith(forge))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
    expect(failure.cause).toBeUndefined()
    expect(failure.message).not.toMatch(/at-1|code-1|secret-of-ours|eyJ/)
  })
})

describe('a token answer', () => {
  const renew = () => {
    const { renew } = createSignIn()
    return renew?.({ kind: 'bearer', token: 'old', refreshToken: 'rt-1' }, REQUEST_ID)
  }

  it('without a refresh token leaves the old one', async () => {
    script.token = (response) =>
      sendJson(response, { access_token: 'at-2', token_type: 'bearer', expires_in: 60 })

    expect(await renew()).toEqual({ kind: 'bearer', token: 'at-2', refreshToken: 'rt-1' })
  })

  it('that takes the grant back ends the credential', async () => {
    script.token = (response) => sendJson(response, { error: 'invalid_grant' }, 400)

    expect(await renew()).toBeNull()
  })

  it.each<[what: string, answer: Answer]>([
    ['is an error page', (response) => response.writeHead(500).end('<h1>at-1</h1>')],
    ['is no JSON', (response) => response.writeHead(200).end('at-1')],
    ['is half a document', (response) => sendText(response, '{"access_token":"at-1')],
    ['has no token', (response) => sendJson(response, { token_type: 'Bearer' })],
    ['has another kind of token', (response) => sendJson(response, token({ token_type: 'mac' }))],
    ['has a token for two headers', (response) => sendJson(response, token({}, 'at-1\r\nA: b'))],
    ['leads elsewhere', (response) => response.writeHead(307, { location: '/x' }).end()],
    ['is another error', (response) => sendJson(response, { error: 'server_error' }, 400)],
    ['is an error in prose', (response) => sendJson(response, { error: 'at-1 is bad' }, 400)],
    ['does not come', (response) => response.destroy()],
  ])('that %s ends nothing, and nothing of it is repeated', async (_what, answer) => {
    script.token = answer

    const failure = await failureOf(Promise.resolve(renew()))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
    expect(failure.cause).toBeUndefined()
    expect(failure.message).not.toMatch(/at-1|rt-1|secret-of-ours/)
  })
})

describe('the metadata of an identity provider', () => {
  it.each<[what: string, metadata: Readonly<Record<string, unknown>>]>([
    ['another issuer', { issuer: 'https://evil.example' }],
    ['no issuer', { issuer: undefined }],
    ['no authorization endpoint', { authorization_endpoint: undefined }],
  ])('is not taken with %s', async (_what, metadata) => {
    script.metadata = metadata

    await expect(createSignIn().begin('a')).rejects.toMatchObject({
      name: 'UpstreamFailure',
      status: 502,
    })
  })

  it('is not waited for longer than ten seconds', async () => {
    script.discovery = () => undefined

    await expect(createSignIn().begin('a')).rejects.toMatchObject({
      name: 'UpstreamFailure',
      status: 504,
    })
  })
})

function token(members: Claims, accessToken = 'at-1'): Claims {
  return { access_token: accessToken, token_type: 'Bearer', ...members }
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text)
}

function unsigned(claims: Claims): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'none' })}.${encode(claims)}.`
}

describe('what an identity provider says of a person', () => {
  const organization = { id: 'main', name: 'Acme' }
  const answer =
    (body: unknown, status = 200): Answer =>
    (response) =>
      sendJson(response, body, status)
  const find = () =>
    createFindPerson({
      issuer: new URL(script.issuer),
      clientId: CLIENT_ID,
      clientSecret: new Secret('secret-of-ours'),
      access: { domain: null, claim: null },
      organization,
    })({ authorization: new Secret('Bearer at-1') }, REQUEST_ID)

  it('names the member, by the subject where there is nothing else', async () => {
    script.userinfo = answer({ sub: 'u1' })

    expect(await find()).toEqual({
      ...{ id: 'u1', email: 'u1', name: 'u1' },
      organizations: [{ ...organization, role: 'member', canApprove: true }],
    })
  })

  it('must be about the person of the id token', async () => {
    const options = { isOwnResource: true }
    script.userinfo = answer({ sub: 'u1' })
    expect(await completeWith((claims) => signToken(claims), options)).not.toBeNull()
    script.userinfo = answer({ sub: 'u2' })

    const failure = await failureOf(completeWith((claims) => signToken(claims), options))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
  })

  it.each([401, 403])('is nothing once it refuses the token with %s', async (status) => {
    script.userinfo = answer({}, status)

    expect(await find()).toBeNull()
  })

  it.each<[what: string, said: Answer]>([
    ['without a subject', answer({ email: 'a@b.example' })],
    ['with a subject that no log should hold', answer({ sub: 'u1\nu2' })],
    ['with a subject that is a number', answer({ sub: 1 })],
    ['in no JSON', (response) => void response.writeHead(200).end('at-1 <html>')],
    ['with an error', answer({ sub: 'u1' }, 500)],
  ])('is not believed %s', async (_what, said) => {
    script.userinfo = said

    const failure = await failureOf(find())

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
    expect(failure.cause).toBeUndefined()
    expect(failure.message).not.toContain('at-1')
  })

  it('is asked of one that can say it', async () => {
    script.metadata = { userinfo_endpoint: undefined }

    expect((await failureOf(find())).message).toContain('has no userinfo endpoint')
  })
})
