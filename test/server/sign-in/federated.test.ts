import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { Secret } from '../../../server/secret.ts'
import { toHeaders, type UpstreamCredential } from '../../../server/sign-in/credential.ts'
import { createFederatedSignIn } from '../../../server/sign-in/federated.ts'
import { createFindMember } from '../../../server/sign-in/find-member.ts'
import { startFederatedUpstream, type FederatedUpstream } from '../../support/federated-upstream.ts'
import {
  RESOURCE,
  startIdentityProvider,
  visitIdentityProvider,
  type IdentityProvider,
} from '../../support/identity-provider.ts'
import { asBearer, failureOf, openUpstream, readFlowtly, REQUEST_ID } from './fixture.ts'

const REDIRECT_URI = new URL('http://127.0.0.1:33417/oauth/callback')
const SCOPES = ['openid', 'email', 'offline_access']
const OWNER = 'owner@acme.example'

let demo: Demo
let provider: IdentityProvider
let upstream: FederatedUpstream
beforeAll(async () => {
  demo = await startDemo({ port: 0 })
  provider = await startIdentityProvider()
  upstream = await startFederatedUpstream({ demo, identityProvider: provider })
})
afterAll(async () => {
  await upstream.close()
  await provider.close()
  await demo.close()
})

function createSignIn(
  options: Partial<Parameters<typeof createFederatedSignIn>[0]> = {},
  { url, clientId, clientSecret }: IdentityProvider = provider,
) {
  return createFederatedSignIn({
    issuer: new URL(url),
    clientId,
    clientSecret: new Secret(clientSecret),
    scopes: SCOPES,
    resource: null,
    redirectUri: REDIRECT_URI,
    ...options,
  })
}

async function signInAs(email: string, signIn = createSignIn()) {
  const { url, memory } = await signIn.begin('state-1')
  return signIn.complete(await visitIdentityProvider(url, email), memory)
}

async function whoIs(credential: UpstreamCredential, upstreamUrl = upstream.url) {
  const client = openUpstream(upstreamUrl)
  const findMember = createFindMember({
    connector: await readFlowtly(),
    upstream: client.upstream,
  })
  const member = await findMember(toHeaders(credential), REQUEST_ID)
  await client.close()
  return member
}

describe('sign-in at an identity provider', () => {
  it('asks with PKCE, state and nonce, and with consent for what outlives the browser', async () => {
    const { url, memory } = await createSignIn().begin('state-1')
    const asked = Object.fromEntries(url.searchParams)

    expect(url.origin).toBe(provider.url)
    expect(asked).toMatchObject({
      response_type: 'code',
      client_id: provider.clientId,
      redirect_uri: REDIRECT_URI.href,
      scope: 'openid email offline_access',
      state: 'state-1',
      nonce: memory.nonce,
      code_challenge_method: 'S256',
      prompt: 'consent',
    })
    expect(url.href).not.toContain(memory.codeVerifier)
    expect(asked).not.toHaveProperty('resource')
  })

  it('asks a person who wants another account to sign in again', async () => {
    const { url } = await createSignIn().begin('state-1', { askAgain: true })

    expect(url.searchParams.get('prompt')).toBe('consent login')
  })

  it('never asks twice with the same secrets', async () => {
    const signIn = createSignIn()

    const [one, other] = await Promise.all([signIn.begin('a'), signIn.begin('b')])

    expect(one.memory.codeVerifier).not.toBe(other.memory.codeVerifier)
    expect(one.memory.nonce).not.toBe(other.memory.nonce)
  })

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'gives what the upstream accepts as the person, to a client with %s',
    async (auth) => {
      await using other = await startIdentityProvider({ auth })
      await using accepting = await startFederatedUpstream({ demo, identityProvider: other })

      const credential = asBearer(await signInAs(OWNER, createSignIn({}, other)))

      expect(credential.refreshToken).not.toBeNull()
      expect(await whoIs(credential, accepting.url)).toMatchObject({ email: OWNER })
    },
  )

  it('works for an answer that a proxy gave another origin', async () => {
    const signIn = createSignIn()
    const { url, memory } = await signIn.begin('state-1')
    const callback = await visitIdentityProvider(url, OWNER)
    const seen = new URL(`http://10.0.0.7:8787/elsewhere${callback.search}`)

    expect(await signIn.complete(seen, memory)).toMatchObject({ kind: 'bearer' })
  })

  it('tells the identity provider for whom the token is', async () => {
    await using strict = await startFederatedUpstream({
      demo,
      identityProvider: provider,
      audience: RESOURCE,
    })
    const signIn = createSignIn({ scopes: [...SCOPES, 'api:read'], resource: RESOURCE })

    const credential = asBearer(await signInAs(OWNER, signIn))
    const renewed = asBearer((await signIn.renew?.(credential, REQUEST_ID)) ?? null)
    const untold = asBearer(await signInAs(OWNER))

    expect(await whoIs(credential, strict.url)).toMatchObject({ email: OWNER })
    expect(await whoIs(renewed, strict.url)).toMatchObject({ email: OWNER })
    expect(await whoIs(untold, strict.url)).toBeNull()
  })

  it('says that the person refused', async () => {
    const signIn = createSignIn()
    const { url, memory } = await signIn.begin('state-1')
    const callback = await visitIdentityProvider(url, null)

    expect(callback.searchParams.get('error')).toBe('access_denied')
    expect(await signIn.complete(callback, memory)).toBeNull()
  })

  it('takes a code once', async () => {
    const signIn = createSignIn()
    const { url, memory } = await signIn.begin('state-1')
    const callback = await visitIdentityProvider(url, OWNER)
    await signIn.complete(callback, memory)

    expect(await signIn.complete(callback, memory)).toBeNull()
  })

  it.each<[what: string, damage: (callback: URL) => void]>([
    ['another state', ({ searchParams }) => searchParams.set('state', 'state-2')],
    ['no state', ({ searchParams }) => searchParams.delete('state')],
    ['two codes', ({ searchParams }) => searchParams.append('code', 'x')],
    ['no code', ({ searchParams }) => searchParams.delete('code')],
    ['another issuer', ({ searchParams }) => searchParams.set('iss', 'https://evil.example')],
    ['no issuer', ({ searchParams }) => searchParams.delete('iss')],
    ['a forged refusal', (url) => (url.search = '?error=access_denied&state=state-2')],
    ['nothing', (url) => (url.search = '')],
  ])('does not take an answer with %s', async (_what, damage) => {
    const signIn = createSignIn()
    const { url, memory } = await signIn.begin('state-1')
    const callback = await visitIdentityProvider(url, OWNER)
    const code = callback.searchParams.get('code') ?? ''
    damage(callback)

    const failure = await failureOf(signIn.complete(callback, memory))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
    expect(failure.cause).toBeUndefined()
    expect(failure.message).not.toContain(code)
  })

  it("does not take one person's answer in another's browser", async () => {
    const signIn = createSignIn()
    const victim = await signIn.begin('state-1')
    const attacker = await signIn.begin('state-1')
    const callback = await visitIdentityProvider(attacker.url, OWNER)

    expect(await signIn.complete(callback, victim.memory)).toBeNull()
  })

  it.each(['client_secret_basic', 'client_secret_post'] as const)(
    'does not take a wrong secret of ours for a refusal by the person, with %s',
    async (auth) => {
      await using other = await startIdentityProvider({ auth })
      const signIn = createSignIn({ clientSecret: new Secret('wrong-secret') }, other)

      const failure = await failureOf(signInAs(OWNER, signIn))

      expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
      expect(failure.message).toMatch(/refused our client|answered "invalid_client"/)
      expect(failure.message).not.toContain('wrong-secret')
    },
  )
})

describe('a renewal at an identity provider', () => {
  it('gives a token that works where the old one ended', async () => {
    const signIn = createSignIn()
    const first = asBearer(await signInAs(OWNER, signIn))
    upstream.expireAll()
    expect(await whoIs(first)).toBeNull()

    const second = asBearer((await signIn.renew?.(first, REQUEST_ID)) ?? null)
    const third = asBearer((await signIn.renew?.(second, REQUEST_ID)) ?? null)

    expect(second.refreshToken).not.toBe(first.refreshToken)
    expect(await whoIs(third)).toMatchObject({ email: OWNER })
  })

  it('is refused once the identity provider has taken everything back', async () => {
    await using other = await startIdentityProvider()
    const signIn = createSignIn({}, other)
    const credential = asBearer(await signInAs(OWNER, signIn))
    other.revokeAll()

    expect(await signIn.renew?.(credential, REQUEST_ID)).toBeNull()
  })

  it('is refused for a credential without a refresh token', async () => {
    const signIn = createSignIn({ scopes: ['openid', 'email'] })
    const credential = asBearer(await signInAs(OWNER, signIn))

    expect(credential.refreshToken).toBeNull()
    expect(await signIn.renew?.(credential, REQUEST_ID)).toBeNull()
    expect(await signIn.renew?.({ kind: 'headers', headers: {} }, REQUEST_ID)).toBeNull()
  })

  it('does not end a connection while the identity provider is down', async () => {
    const other = await startIdentityProvider()
    const signIn = createSignIn({}, other)
    const credential = asBearer(await signInAs(OWNER, signIn))
    await other.close()

    const failure = await failureOf(Promise.resolve(signIn.renew?.(credential, REQUEST_ID)))

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
    expect(failure.message).toBe('the identity provider did not answer')
  })
})

describe('discovery', () => {
  const asked = ({ requests }: IdentityProvider) =>
    requests.filter((line) => line.includes('/.well-known/')).length

  it('is not needed to be made, and is tried again after a failure', async () => {
    const gone = await startIdentityProvider()
    await gone.close()
    const signIn = createSignIn({}, gone)
    await expect(signIn.begin('a')).rejects.toMatchObject({ status: 502 })

    await using back = await startIdentityProvider({ port: Number(new URL(gone.url).port) })

    expect(await signInAs(OWNER, signIn)).toMatchObject({ kind: 'bearer' })
    expect(asked(back)).toBe(1)
  })

  it('is done once for all who come at once, and again after an hour', async () => {
    await using other = await startIdentityProvider()
    let now = 1_000
    const signIn = createSignIn({ now: () => now }, other)

    await Promise.all([signIn.begin('a'), signIn.begin('b'), signIn.begin('c')])
    now += 3_599_000
    await signIn.begin('d')
    expect(asked(other)).toBe(1)

    now += 2_000
    await signIn.begin('e')
    expect(asked(other)).toBe(2)
  })

  it.each(['http://id.example', 'http://127.0.0.1.id.example', 'ftp://127.0.0.1'])(
    'is not done without TLS at %s',
    (issuer) => {
      expect(() => createSignIn({ issuer: new URL(issuer) })).toThrow(
        '"issuer" must begin with https:// unless its host is this machine',
      )
    },
  )
})
