import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { demoAccess } from '../../demo/access.ts'
import { text } from '../../demo/database/row.ts'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createClient, signIn } from './support/client.ts'
import type { Answer } from './support/client.ts'
import { at, toText } from './support/json.ts'

const { emails, password } = demoAccess

const START = Date.parse('2026-11-20T08:00:00Z')

describe('sessions', () => {
  let demo: Demo
  let now = START

  beforeAll(async () => {
    demo = await startDemo({
      now: () => now,
      sessionTtlSeconds: 60,
      refreshTtlSeconds: 300,
      rateLimitPerMinute: Infinity,
    })
  })

  beforeEach(() => {
    now = START
  })

  afterAll(() => demo.close())

  function getMe(session: Answer): Promise<Answer> {
    const headers = { Authorization: `Bearer ${toText(at(session.json, 'token'))}` }
    return createClient(demo, headers).get('/me')
  }

  function refresh(session: Answer): Promise<Answer> {
    const body = { refreshToken: at(session.json, 'refreshToken') }
    return createClient(demo).send({ method: 'POST', path: '/sessions/refresh', body })
  }

  it.each(Object.values(emails))('%s can sign in', async (email) => {
    const session = await signIn(demo, email)
    const me = await getMe(session)

    expect(session.status).toBe(201)
    expect(at(session.json, 'member', 'email')).toBe(email)
    expect(at(session.json, 'expiresAt')).toBe('2026-11-20T08:01:00.000Z')
    expect(me.json).toEqual(at(session.json, 'member'))
  })

  it.each([
    ['a wrong password', { email: emails.acmeOwner, password: 'Sluice-demo' }],
    ['an unknown email', { email: 'nobody@acme.example', password }],
  ])('%s does not open a session, and the answer does not tell which it was', async (_n, body) => {
    const answer = await createClient(demo).send({ method: 'POST', path: '/sessions', body })

    expect(answer.status).toBe(401)
    expect(at(answer.json, 'detail')).toBe('The email or the password is not right.')
  })

  it('a token works until it expires', async () => {
    const session = await signIn(demo, emails.acmeOwner)

    now = START + 59_999
    const inTime = await getMe(session)
    now = START + 60_000
    const tooLate = await getMe(session)

    expect([inTime.status, tooLate.status]).toEqual([200, 401])
  })

  it('a refresh token renews an expired session', async () => {
    const session = await signIn(demo, emails.acmeOwner)

    now = START + 120_000
    const renewed = await refresh(session)

    expect(renewed.status).toBe(200)
    expect((await getMe(renewed)).status).toBe(200)
    expect(at(renewed.json, 'token')).not.toBe(at(session.json, 'token'))
  })

  it('a refresh token works once', async () => {
    const session = await signIn(demo, emails.acmeOwner)

    const statuses = [(await refresh(session)).status, (await refresh(session)).status]

    expect(statuses).toEqual([200, 401])
  })

  it('a refresh leaves the old token valid to its own end', async () => {
    const session = await signIn(demo, emails.acmeOwner)

    await refresh(session)

    expect((await getMe(session)).status).toBe(200)
  })

  it('a refresh token expires', async () => {
    const session = await signIn(demo, emails.acmeOwner)

    now = START + 300_000

    expect((await refresh(session)).status).toBe(401)
  })

  it('signing out ends all tokens of the session, and only of this one', async () => {
    const session = await signIn(demo, emails.acmeOwner)
    const other = await signIn(demo, emails.acmeOwner)
    const renewed = await refresh(session)

    const headers = { Authorization: `Bearer ${toText(at(session.json, 'token'))}` }
    const ended = await createClient(demo, headers).send({
      method: 'DELETE',
      path: '/sessions/current',
    })

    expect(ended.status).toBe(204)
    expect((await getMe(session)).status).toBe(401)
    expect((await getMe(renewed)).status).toBe(401)
    expect((await refresh(renewed)).status).toBe(401)
    expect((await getMe(other)).status).toBe(200)
  })

  it('a refresh token is no access token, and the other way round', async () => {
    const { json } = await signIn(demo, emails.acmeOwner)

    const crossed = await createClient(demo).send({
      path: '/me',
      headers: { Authorization: `Bearer ${toText(at(json, 'refreshToken'))}` },
    })
    const renewed = await createClient(demo).send({
      method: 'POST',
      path: '/sessions/refresh',
      body: { refreshToken: at(json, 'token') },
    })

    expect([crossed.status, renewed.status]).toEqual([401, 401])
  })

  it('tokens and secrets are kept as hashes only', async () => {
    const { json } = await signIn(demo, emails.acmeOwner)
    const secrets = [
      toText(at(json, 'token')),
      toText(at(json, 'refreshToken')),
      password,
      demoAccess.credentials.acme.secret,
    ]

    const tables = demo.database
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
      .all()
    const stored = tables.map((table) =>
      JSON.stringify(demo.database.prepare(`SELECT * FROM ${text(table, 'name')}`).all()),
    )

    expect(secrets.filter((secret) => stored.some((rows) => rows.includes(secret)))).toEqual([])
  })

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'bearer x',
    'Bearer \u00fcnicode',
    'x'.repeat(5_000),
  ])('the header "%s" is no session', async (header) => {
    const answer = await createClient(demo).send({
      path: '/me',
      headers: { Authorization: header },
    })

    expect(answer.status).toBe(401)
  })
})
