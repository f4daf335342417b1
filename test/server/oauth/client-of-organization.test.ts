import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { startBrowserSession } from '../../support/browser-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorize,
  authorizationUrl,
  bearer,
  createPkce,
  decide,
  exchangeCode,
  registerClient,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'
import { addRegisteredClient } from '../../support/registered-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'

/** An admin in Acme, and a member in Globex who may not approve. */
const CONSULTANT = { email: 'consultant@partners.example' }
const GLOBEX_OWNER = { email: 'owner@globex.example' }
/** Names of organizations, as pages would show them. */
const ACME = /acme/i
const GLOBEX = /globex/i

describe.each(storeKinds)('a client of one organization on $kind', (kind) => {
  let database: TestDatabase
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let store: Store
  let url: string
  beforeAll(async () => {
    database = await kind.create()
    running = await startWithDemo({ DATABASE_URL: database.url })
    store = await openStore({ url: database.url, now: Date.now })
    url = running.connector.url
  })
  afterAll(async () => {
    await store.close()
    await running.close()
    await database.drop()
  })

  async function openConsent(client: TestClient, person: { readonly email: string }) {
    const session = startBrowserSession()
    const page = await session.open(authorizationUrl(url, client, createPkce().challenge))
    return { session, page: await signIn(session, page, person) }
  }

  const grantsOf = async ({ client_id: id }: TestClient) =>
    (await store.grants.list({ ended: true })).filter(({ clientId }) => clientId === id)

  it('connects that organization', async () => {
    const client = await addRegisteredClient(store, 'acme')

    const tokens = await exchangeCode(url, client, await authorize(url, client))

    const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))
    expect(resultOf(answer)).toHaveProperty('data')
    expect(await grantsOf(client)).toMatchObject([{ organizationId: 'acme' }])
  })

  it('offers a member of two that one only, unlike a client of nobody', async () => {
    const own = await openConsent(await addRegisteredClient(store, 'acme'), CONSULTANT)
    const any = await openConsent(await addRegisteredClient(store, null), CONSULTANT)
    const dynamic = await openConsent(await registerClient(url), CONSULTANT)

    expect(own.page.status).toBe(200)
    expect(own.page.text).toMatch(ACME)
    expect(own.page.text).not.toMatch(GLOBEX)
    expect(any.page.text).toMatch(GLOBEX)
    expect(dynamic.page.text).toMatch(GLOBEX)
  })

  it('gets no grant of another organization, whatever the form says', async () => {
    const client = await addRegisteredClient(store, 'acme')
    const { session, page } = await openConsent(client, CONSULTANT)

    const answer = await decide(session, page, { organization: 'globex' })

    expect(answer.status).toBe(422)
    expect(answer.text).not.toMatch(GLOBEX)
    expect(await grantsOf(client)).toEqual([])
  })

  it('tells a member of two who may not approve there of that organization only', async () => {
    const { page } = await openConsent(await addRegisteredClient(store, 'globex'), CONSULTANT)

    expect(page.status).toBe(403)
    expect(page.text).toContain('You cannot approve this connection')
    expect(page.text).toMatch(GLOBEX)
    expect(page.text).not.toMatch(ACME)
  })

  it('turns everybody else away without a word of whose it is', async () => {
    const client = await addRegisteredClient(store, 'acme')
    const { session, page } = await openConsent(client, GLOBEX_OWNER)

    const forced = await decide(session, page, { organization: 'acme', scopes: ['invoices:read'] })
    const back = await session.submit(page, { action: 'deny' })

    expect(page.status).toBe(403)
    expect(page.text).toContain('This program is not for your organization')
    expect(page.text).not.toMatch(ACME)
    expect(forced.status).toBe(403)
    expect(new URL(back.url).searchParams.get('error')).toBe('access_denied')
    expect(await grantsOf(client)).toEqual([])
  })
})
