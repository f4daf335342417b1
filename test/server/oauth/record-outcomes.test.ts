import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { AuditEvent } from '../../../server/audit/event.ts'
import { startAudited, type AuditedConnector } from '../../support/audited-connector.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import {
  authorizationUrl,
  authorize,
  bearer,
  claimsOf,
  connect,
  createPkce,
  decide,
  exchangeCode,
  refreshTokens,
  registerClient,
  REDIRECT_URI,
  requestTokens,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'
import { addRegisteredClient } from '../../support/registered-client.ts'
import { post } from '../../support/rpc.ts'

type Expected = Partial<AuditEvent>

const ADDRESS = '127.0.0.1'
/** The grace is over at once: a second use is another's. */
const ENV = { REFRESH_TOKEN_GRACE: '0' }

describe('the authorization server', () => {
  let running: AuditedConnector
  let url: string
  let client: TestClient
  let by: Expected

  beforeAll(async () => {
    running = await startAudited(ENV)
    url = running.url
  }, 60_000)
  beforeEach(async () => {
    client = await registerClient(url)
    by = { clientId: client.client_id, clientName: 'Test client', address: ADDRESS }
    await running.audit.next(1)
  })
  afterAll(() => running.close())

  const owned = { organization: 'acme', member: 'mem_01' }
  const grantOf = (token: string) => `grant:${String(claimsOf(token)['gid'])}`

  /** What is newly on record, to be compared with what is expected of it. */
  async function expectRecorded(expected: readonly Expected[]): Promise<void> {
    const events = await running.audit.next(expected.length)
    expect(events).toEqual(expected.map((each) => expect.objectContaining(each)))
  }

  async function openSignIn() {
    const session = startBrowserSession()
    const page = await session.open(authorizationUrl(url, client, createPkce().challenge))
    return { session, page }
  }

  it('records a registration, and one that it refuses', async () => {
    const made = await registerClient(url, { client_name: 'Caf\u00e9 \u202eX' })
    await registerClient(url, { redirect_uris: ['javascript:alert(1)'] })

    await expectRecorded([
      {
        ...{ type: 'client.registered', outcome: 'success', clientId: made.client_id },
        ...{ clientName: 'Caf X', subject: `client:${made.client_id}`, organization: null },
      },
      {
        ...{ type: 'client.registered', outcome: 'failure', clientId: null, address: ADDRESS },
        reason: 'invalid_redirect_uri',
      },
    ])
  })

  it('records a connection: sign-in, consent, tokens, refresh, revocation', async () => {
    const granted = await authorize(url, client)
    const first = await exchangeCode(url, client, granted)
    const second = await refreshTokens(url, client, first.refresh_token)
    await fetch(`${url}/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: second.refresh_token, client_id: client.client_id }),
    })

    const subject = grantOf(first.access_token)
    const success = { ...by, outcome: 'success' } as const
    await expectRecorded([
      {
        ...success,
        type: 'sign-in.succeeded',
        organization: null,
        member: 'mem_01',
        credential: 'sign-in',
      },
      { ...success, ...owned, type: 'consent.given', credential: 'sign-in', subject },
      {
        ...success,
        ...owned,
        type: 'token.issued',
        credential: 'client',
        httpStatus: 200,
        subject,
      },
      { ...success, ...owned, type: 'token.refreshed', credential: 'client', subject },
      { ...owned, type: 'grant.ended', clientId: client.client_id, reason: 'revoked', subject },
      { ...success, ...owned, type: 'token.revoked', credential: 'client', subject },
    ])
  })

  it('records a sign-in that is refused, and one by the wrong form', async () => {
    const { session, page } = await openSignIn()
    await signIn(session, page, { password: 'wrong-password-of-somebody' })
    await session.submit(page, { username: 'a@b.example', password: 'x', csrf: 'forged' })

    await expectRecorded([
      {
        ...by,
        type: 'sign-in.failed',
        outcome: 'failure',
        reason: 'credential_refused',
        member: null,
      },
      { ...by, type: 'authorization.denied', outcome: 'failure', reason: 'foreign_form' },
    ])
  })

  it('records what somebody refuses, and that somebody may not approve', async () => {
    const { session, page } = await openSignIn()
    await decide(session, await signIn(session, page), { action: 'deny' })
    const other = await openSignIn()
    await signIn(other.session, other.page, { email: 'member@acme.example' })

    await expectRecorded([
      { ...by, type: 'sign-in.succeeded', member: 'mem_01' },
      { ...by, type: 'consent.refused', outcome: 'failure', reason: 'access_denied' },
      { ...by, type: 'sign-in.succeeded' },
      { ...by, type: 'authorization.denied', reason: 'not_an_approver', organization: null },
    ])
  })

  it('records that a client of another organization is refused, and not whose it is', async () => {
    const own = await addRegisteredClient(running.store, 'acme')
    const session = startBrowserSession()
    const page = await session.open(authorizationUrl(url, own, createPkce().challenge))
    await signIn(session, page, { email: 'owner@globex.example' })

    const refused = { organization: null, reason: 'client_of_other_organization' }
    await expectRecorded([
      { type: 'sign-in.succeeded', clientId: own.client_id },
      { type: 'authorization.denied', clientId: own.client_id, outcome: 'failure', ...refused },
    ])
  })

  it('records a consent for an organization that is switched off', async () => {
    const { session, page } = await openSignIn()
    const consent = await signIn(session, page)
    await running.store.organizations.setStatus('acme', 'disabled', 'operator')
    await decide(session, consent)
    await running.store.organizations.setStatus('acme', 'active', 'operator')

    await expectRecorded([
      { ...by, type: 'sign-in.succeeded' },
      { ...by, ...owned, type: 'authorization.denied', outcome: 'failure', reason: 'mcp_disabled' },
    ])
  })

  it('records a refresh token that is used twice, and the end of its grant', async () => {
    const granted = await authorize(url, client)
    const first = await exchangeCode(url, client, granted)
    const second = await refreshTokens(url, client, first.refresh_token)
    await refreshTokens(url, client, second.refresh_token)
    await running.audit.next(5)

    await refreshTokens(url, client, first.refresh_token)

    const subject = grantOf(first.access_token)
    await expectRecorded([
      { ...owned, type: 'grant.ended', outcome: 'success', reason: 'reused', subject },
      {
        ...by,
        ...owned,
        type: 'token.reused',
        outcome: 'failure',
        reason: 'invalid_grant',
        subject,
      },
    ])
  })

  it('records a code that is used twice, and the end of its grant', async () => {
    const granted = await authorize(url, client)
    const { access_token: token } = await exchangeCode(url, client, granted)
    await running.audit.next(3)

    await exchangeCode(url, client, granted)
    await post(`${url}/mcp`, '{}', bearer(token))

    const subject = grantOf(token)
    await expectRecorded([
      { ...owned, type: 'grant.ended', reason: 'reused', subject },
      { ...by, ...owned, type: 'token.reused', outcome: 'failure', subject },
      {
        ...owned,
        type: 'authentication.failed',
        credential: 'oauth',
        reason: 'grant_ended',
        subject,
      },
    ])
  })

  it.each<[string, () => Promise<unknown>, Expected]>([
    [
      'a code that is none',
      () => exchangeCode(url, client, { code: 'c'.repeat(43), verifier: 'v'.repeat(43) }),
      { type: 'token.refused', reason: 'invalid_grant', organization: null, subject: null },
    ],
    [
      'a refresh token that is none',
      () => refreshTokens(url, client, 'r'.repeat(43)),
      { type: 'token.refused', reason: 'invalid_grant', organization: null },
    ],
    [
      'another grant type',
      () => requestTokens(url, client, { grant_type: 'password' }),
      { type: 'token.refused', reason: 'unsupported_grant_type' },
    ],
    [
      'a client without its challenge',
      () =>
        fetch(authorizationUrl(url, client, '', { code_challenge: null }), { redirect: 'manual' }),
      { type: 'authorization.denied', reason: 'invalid_request' },
    ],
    [
      'a redirect URI of nobody',
      () =>
        fetch(
          authorizationUrl(
            url,
            { ...client, redirect_uri: `${REDIRECT_URI}/x` },
            createPkce().challenge,
          ),
          {
            redirect: 'manual',
          },
        ),
      { type: 'authorization.denied', reason: 'invalid_redirect_uri' },
    ],
  ])('records once what it refuses: %s', async (_title, act, expected) => {
    await act()

    await expectRecorded([{ ...by, outcome: 'failure', ...expected }])
  })

  it('records an unknown client without what it calls itself', async () => {
    const stranger = { client_id: 'made-up-by-somebody', redirect_uri: REDIRECT_URI }
    await refreshTokens(url, stranger, 'r'.repeat(43))
    await fetch(authorizationUrl(url, stranger, createPkce().challenge), { redirect: 'manual' })

    await expectRecorded([
      {
        type: 'authentication.failed',
        clientId: null,
        reason: 'invalid_client',
        credential: 'client',
      },
      { type: 'authorization.denied', clientId: null, reason: 'invalid_client' },
    ])
  })

  it('records a client that knows no secret', async () => {
    const confidential = await registerClient(url, {
      token_endpoint_auth_method: 'client_secret_post',
    })
    await running.audit.next(1)
    await refreshTokens(url, { ...confidential, client_secret: 'wrong' }, 'r'.repeat(43))

    await expectRecorded([
      {
        ...{ type: 'authentication.failed', clientId: confidential.client_id },
        ...{ credential: 'client', reason: 'invalid_client', httpStatus: 401 },
      },
    ])
  })

  it("records that a client would revoke another's token, and whose that is", async () => {
    const { client: owner, tokens } = await connect(url)
    await running.audit.next(4)
    await fetch(`${url}/oauth/revoke`, {
      method: 'POST',
      body: new URLSearchParams({ token: tokens.refresh_token, client_id: client.client_id }),
    })

    await expectRecorded([
      {
        ...{
          ...by,
          ...owned,
          type: 'token.revoked',
          outcome: 'failure',
          reason: 'client_mismatch',
        },
        subject: grantOf(tokens.access_token),
      },
    ])
    expect(owner.client_id).not.toBe(client.client_id)
  })

  it('records a grant whose member has left, at the refresh that finds out', async () => {
    const { tokens, client: own } = await connect(url)
    await running.audit.next(4)
    running.demo.database.exec("UPDATE memberships SET role = 'member' WHERE member_id = 'mem_01'")
    await refreshTokens(url, own, tokens.refresh_token)
    running.demo.database.exec("UPDATE memberships SET role = 'owner' WHERE member_id = 'mem_01'")

    const subject = grantOf(tokens.access_token)
    await expectRecorded([
      { ...owned, type: 'grant.ended', reason: 'membership-lost', subject },
      { ...owned, type: 'token.refused', reason: 'invalid_grant', subject },
    ])
  })
})
