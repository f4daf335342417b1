import { describe, expect, it } from '@jest/globals'
import type { ServiceAccess } from '../../../server/mcp/tool.ts'
import { openAuditReader } from '../../support/audit-reader.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import { connectFederated } from '../../support/federated-person.ts'
import { startIdentityProvider, visitIdentityProvider } from '../../support/identity-provider.ts'
import {
  authorizationUrl,
  bearer,
  createPkce,
  refreshTokens,
  registerClient,
} from '../../support/oauth-client.ts'
import { callTool, post, resultOf } from '../../support/rpc.ts'
import { CREDENTIAL, serviceLogin, startService } from '../../support/service.ts'

const OWNER = 'owner@acme.example'
const STRANGER = 'owner@globex.example'
const LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'

/** The service, whose people sign in at an identity provider that knows what is said of them here. */
async function start(
  restriction: Partial<Pick<ServiceAccess, 'domain' | 'claim'>> = {},
  claims: (email: string) => Readonly<Record<string, unknown>> = () => ({ email_verified: true }),
) {
  const provider = await startIdentityProvider({ claims })
  const scopes = ['openid', 'profile', 'email', 'offline_access']
  const access = { issuer: provider.url, scopes, domain: null, claim: null, ...restriction }
  const service = await startService(serviceLogin({ access }), {
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
  })
  const close = async () => {
    await service.close()
    await provider.close()
  }
  const { connector } = service
  return {
    provider,
    service,
    url: connector.url,
    statusOf: async (token: string) =>
      (await post(`${connector.url}/mcp`, LIST, bearer(token))).status,
    [Symbol.asyncDispose]: close,
  }
}

/** The page that somebody comes back to from the identity provider. */
async function signInAs(url: string, email: string) {
  const client = await registerClient(url)
  const session = startBrowserSession()
  const first = await session.open(authorizationUrl(url, client, createPkce().challenge))
  const away = await session.submit(first, {})
  const callback = await visitIdentityProvider(new URL(away.url), email)
  return session.open(callback.href)
}

describe('a service whose people sign in at an identity provider', () => {
  it('acts for them with its own credential, and with nothing of theirs', async () => {
    await using running = await start()
    const { service, url } = running
    const { tokens } = await connectFederated(url)

    const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))

    expect(resultOf(answer)).toEqual({ data: [] })
    expect(service.heads).toHaveLength(1)
    expect(service.heads[0]).toMatch(new RegExp(`^x-api-key: ${CREDENTIAL}\r$`, 'im'))
    expect(service.heads[0]).not.toMatch(/^(?:authorization|cookie):/im)
  })

  it('knows them by what the identity provider calls them, in its one organization', async () => {
    await using running = await start({}, () => ({ email: 'olga@acme.example', name: 'Olga' }))
    await connectFederated(running.url)

    const grants = await running.service.store.grants.list({ organizationId: 'main' })

    expect(grants).toMatchObject([
      { memberId: OWNER, memberEmail: 'olga@acme.example', memberName: 'Olga', role: 'member' },
    ])
  })

  it('puts on record who came back from the identity provider, and who was refused', async () => {
    await using running = await start({ domain: 'acme.example' })
    const audit = await openAuditReader(running.service.store)

    await connectFederated(running.url)
    const connected = await audit.next(4)
    await signInAs(running.url, STRANGER)
    const refused = await audit.next(3)

    expect(connected).toEqual([
      expect.objectContaining({ type: 'client.registered', member: null }),
      expect.objectContaining({ type: 'sign-in.succeeded', member: OWNER, credential: 'sign-in' }),
      expect.objectContaining({ type: 'consent.given', member: OWNER, organization: 'main' }),
      expect.objectContaining({ type: 'token.issued', organization: 'main' }),
    ])
    expect(refused).toEqual([
      expect.objectContaining({ type: 'client.registered', member: null }),
      expect.objectContaining({ type: 'sign-in.succeeded', member: STRANGER, organization: null }),
      expect.objectContaining({
        ...{ type: 'authorization.denied', outcome: 'failure', reason: 'no_organization' },
        ...{ member: STRANGER, organization: null },
      }),
    ])
  })

  it('makes API keys on their connections', async () => {
    await using running = await start()
    await connectFederated(running.url)
    const [grant] = await running.service.store.grants.list({ organizationId: 'main' })

    const key = await running.service.createKey(
      ...['--org', 'main', '--scopes', 'all', '--grant', grant?.id ?? ''],
    )

    expect(await running.statusOf(key)).toBe(200)
  })

  it.each<[who: string, restriction: Parameters<typeof start>[0], email: string, claims: object]>([
    ['of another domain', { domain: 'acme.example' }, STRANGER, { email_verified: true }],
    ['of a domain within', { domain: 'example' }, OWNER, { email_verified: true }],
    ['with an address that nobody verified', { domain: 'acme.example' }, OWNER, {}],
    [
      'with an address that is not verified',
      { domain: 'acme.example' },
      OWNER,
      { email_verified: 'true' },
    ],
    ['without the claim', { claim: { name: 'groups', values: ['ops'] } }, OWNER, {}],
    [
      'with another value of the claim',
      { claim: { name: 'groups', values: ['ops'] } },
      OWNER,
      { groups: ['ops-guests', 'dev'] },
    ],
    [
      'with the claim, but of another domain',
      { domain: 'acme.example', claim: { name: 'groups', values: ['ops'] } },
      STRANGER,
      { groups: ['ops'], email_verified: true },
    ],
  ])('lets nobody in %s', async (_who, restriction, email, claims) => {
    await using running = await start(restriction, () => ({ ...claims }))

    const page = await signInAs(running.url, email)

    expect(page.status).toBe(403)
    expect(page.text).toContain('There is no organization to connect')
    expect(await running.service.store.grants.list({ ended: true })).toEqual([])
  })

  it.each<[who: string, restriction: Parameters<typeof start>[0], claims: object]>([
    ['of the domain', { domain: 'acme.example' }, { email_verified: true }],
    [
      'with the claim in a list',
      { claim: { name: 'groups', values: ['ops'] } },
      { groups: ['a', 'ops'] },
    ],
    [
      'with the claim as a text',
      { claim: { name: 'groups', values: ['a', 'ops'] } },
      { groups: 'ops' },
    ],
  ])('lets people in %s', async (_who, restriction, claims) => {
    await using running = await start(restriction, () => ({ ...claims }))

    const { tokens } = await connectFederated(running.url)

    expect(await running.statusOf(tokens.access_token)).toBe(200)
  })

  it('asks the identity provider at every refresh, with a token that it renews there', async () => {
    await using running = await start()
    const { provider, url } = running
    const { client, tokens } = await connectFederated(url)
    provider.expireAccessTokens()

    const refreshed = await refreshTokens(url, client, tokens.refresh_token)

    expect(refreshed.status).toBe(200)
    expect(await running.statusOf(refreshed.access_token)).toBe(200)
  })

  it('lets nobody stay whom the identity provider no longer knows', async () => {
    await using running = await start()
    const { provider, url } = running
    const { client, tokens } = await connectFederated(url)
    provider.revokeAll()

    expect(await refreshTokens(url, client, tokens.refresh_token)).toMatchObject({
      error: 'invalid_grant',
    })
    expect(await running.statusOf(tokens.access_token)).toBe(401)
  })

  it('lets nobody stay who has lost the claim', async () => {
    let groups = ['ops']
    const restriction = { claim: { name: 'groups', values: ['ops'] } }
    await using running = await start(restriction, () => ({ groups }))
    const { client, tokens } = await connectFederated(running.url)
    groups = []

    expect(await refreshTokens(running.url, client, tokens.refresh_token)).toMatchObject({
      error: 'invalid_grant',
    })
    expect(await running.statusOf(tokens.access_token)).toBe(401)
  })

  it('ends no connection while the identity provider is down', async () => {
    await using running = await start()
    const { client, tokens } = await connectFederated(running.url)
    await running.provider.close()

    expect(await refreshTokens(running.url, client, tokens.refresh_token)).toMatchObject({
      status: 503,
      error: 'temporarily_unavailable',
    })
    expect(await running.statusOf(tokens.access_token)).toBe(200)
  })

  it('says which variables its identity provider needs', async () => {
    const access = { issuer: 'https://id.example', scopes: ['openid'], domain: null, claim: null }

    await expect(startService(serviceLogin({ access }))).rejects.toMatchObject({
      problems: [
        'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are required: "flowtly" signs people in at https://id.example',
      ],
    })
  })
})
