import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openStore } from '../../../server/store/open-store.ts'
import { startBrowserSession, type Page } from '../../support/browser-session.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  registerClient,
  signIn,
} from '../../support/oauth-client.ts'
import { storeKinds } from '../../support/stores.ts'

const [sqlite] = storeKinds
const { challenge } = createPkce()

let database: { readonly url: string; readonly drop: () => Promise<void> }
let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
beforeAll(async () => {
  if (sqlite === undefined) throw new Error('no kind of store')
  database = await sqlite.create()
  running = await startWithDemo({ DATABASE_URL: database.url })
  url = running.connector.url
})
afterAll(async () => {
  await running.close()
  await database.drop()
})

function expectOwnPage({ status, headers, text }: Page): void {
  expect(status).toBe(400)
  expect(headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(text).not.toContain('<script')
  expect(text).toContain('<h1')
}

describe('no page but our own is ever shown', () => {
  it.each([
    ['a response type that is not offered', { response_type: 'token' }],
    ['a foreign resource', { resource: 'https://elsewhere.example' }],
    ['a request object', { request: 'a.b.c' }],
  ])('for %s that is to be refused by form_post', async (_what, params) => {
    const client = await registerClient(url)
    const asked = authorizationUrl(url, client, challenge, {
      response_mode: 'form_post',
      ...params,
    })

    const page = await startBrowserSession().open(asked)

    expectOwnPage(page)
    expect(page.text).toContain('response_mode must be query')
  })

  it('for a person who signs in after another one whose connection ended half-way', async () => {
    const client = await registerClient(url)
    const store = await openStore({ url: database.url, now: Date.now })
    let isEnded = false
    const session = startBrowserSession({
      async send(target, init) {
        const isOnTheWayBack = new URL(target).pathname.startsWith('/oauth/authorize/')
        if (isOnTheWayBack && !isEnded) {
          isEnded = true
          for (const { id } of await store.grants.list({})) await store.grants.end(id, 'revoked')
        }
        return fetch(target, init)
      },
    })
    const first = await session.open(authorizationUrl(url, client, challenge))
    const again = await decide(session, await signIn(session, first))
    const other = await signIn(session, again, { email: 'owner@globex.example' })

    expectOwnPage(await decide(session, other))

    const next = await session.open(authorizationUrl(url, client, challenge))
    const consent = await signIn(session, next, { email: 'owner@globex.example' })
    const { searchParams } = new URL((await decide(session, consent)).url)
    expect(searchParams.get('code')).toEqual(expect.any(String))
    await store.close()
  })
})
