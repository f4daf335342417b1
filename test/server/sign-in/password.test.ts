import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Login } from '../../../server/mcp/tool.ts'
import { toHeaders } from '../../../server/sign-in/credential.ts'
import { createFindMember } from '../../../server/sign-in/find-member.ts'
import { createPasswordSignIn } from '../../../server/sign-in/password.ts'
import { startRawUpstream, write, writeJson } from '../../support/raw-upstream.ts'
import {
  asBearer,
  failureOf,
  openUpstream,
  readFlowtly,
  REQUEST_ID,
  setFaults,
  startUpstream,
} from './fixture.ts'

const RIGHT = { username: 'owner@acme.example', password: 'sluice-demo' }
const clock = { now: 1_800_000_000_000 }

let running: Awaited<ReturnType<typeof startUpstream>>
let login: Extract<Login, { kind: 'password' }>
beforeAll(async () => {
  running = await startUpstream({ now: () => clock.now, rateLimitPerMinute: Infinity })
  const { login: found } = (await readFlowtly()).upstream
  if (found.kind !== 'password') throw new Error('the shipped connector signs in differently')
  login = found
})
afterAll(() => running.close())
beforeEach(() => setFaults(running.demo, []))

function submit(values: Readonly<Record<string, string>> = RIGHT) {
  return createPasswordSignIn({ login, upstream: running.upstream }).submit(values, REQUEST_ID)
}

async function renew(refreshToken: string | null) {
  const signIn = createPasswordSignIn({ login, upstream: running.upstream })
  if (signIn.renew === null) throw new Error('there is no renewal')
  return signIn.renew({ kind: 'bearer', token: 'old', refreshToken }, REQUEST_ID)
}

async function whoIs(credential: ReturnType<typeof asBearer>) {
  const findMember = createFindMember({
    connector: await readFlowtly(),
    upstream: running.upstream,
  })
  return findMember(toHeaders(credential), REQUEST_ID)
}

describe('sign-in by password', () => {
  it('asks for an account and a password, and counts by the account', () => {
    const { fields, accountField } = createPasswordSignIn({ login, upstream: running.upstream })

    expect(fields.map(({ name, type }) => [name, type])).toEqual([
      ['username', 'email'],
      ['password', 'password'],
    ])
    expect(accountField).toBe('username')
  })

  it('gives what the upstream accepts as that member', async () => {
    const credential = asBearer(await submit({ ...RIGHT, username: ' owner@acme.example ' }))

    expect(credential.refreshToken).toMatch(/^flr_/)
    expect(await whoIs(credential)).toMatchObject({ email: 'owner@acme.example' })
  })

  it.each<[what: string, values: Readonly<Record<string, string>>]>([
    ['a wrong password', { ...RIGHT, password: 'wrong' }],
    ['a password with a space too much', { ...RIGHT, password: 'sluice-demo ' }],
    ['an unknown account', { ...RIGHT, username: 'nobody@acme.example' }],
    ['an account that is no address', { ...RIGHT, username: 'owner' }],
    ['a password that is too long', { ...RIGHT, password: 'x'.repeat(5_000) }],
    ['an empty password', { ...RIGHT, password: '' }],
    ['nothing', {}],
  ])('refuses %s', async (_what, values) => {
    expect(await submit(values)).toBeNull()
  })

  it.each<[what: string, fault: object, status: number]>([
    ['fails', { kind: 'html-500', path: '/sessions' }, 500],
    ['is overloaded', { kind: 'rate-limit', path: '/sessions', retryAfter: 7 }, 429],
    ['answers half a document', { kind: 'broken-json', path: '/sessions' }, 502],
    ['closes the connection', { kind: 'reset', path: '/sessions' }, 502],
    ['points elsewhere', { kind: 'redirect', path: '/sessions', status: 307 }, 307],
  ])('does not blame the person when the upstream %s', async (_what, fault, status) => {
    await setFaults(running.demo, [fault])

    await expect(submit()).rejects.toMatchObject({ name: 'UpstreamFailure', status })
    await expect(renew('flr_any')).rejects.toMatchObject({ name: 'UpstreamFailure', status })
  })

  it('passes on when to come back', async () => {
    await setFaults(running.demo, [{ kind: 'rate-limit', path: '/sessions', retryAfter: 7 }])

    await expect(submit()).rejects.toMatchObject({ facts: { retryAfter: 7 } })
  })

  it.each(['400 Bad Request', '403 Forbidden', '422 Unprocessable Content'])(
    'does not take a page with %s for a refusal, at a sign-in or a renewal',
    async (status) => {
      await using raw = await startRawUpstream()
      raw.answer = (socket) => write(socket, status, { 'content-type': 'text/html' }, '<h1>No</h1>')
      const { upstream, close } = openUpstream(raw.url)
      const signIn = createPasswordSignIn({ login, upstream })
      const stale = { kind: 'bearer', token: 'old', refreshToken: 'r' } as const

      await expect(signIn.submit(RIGHT, REQUEST_ID)).rejects.toMatchObject({ isPage: true })
      await expect(signIn.renew?.(stale, REQUEST_ID)).rejects.toMatchObject({ isPage: true })
      await close()
    },
  )

  it('says that an upstream that is down is down', async () => {
    const raw = await startRawUpstream()
    await raw.close()
    const { upstream, close } = openUpstream(raw.url)

    const attempt = createPasswordSignIn({ login, upstream }).submit(RIGHT, REQUEST_ID)

    await expect(attempt).rejects.toMatchObject({ status: 502 })
    await close()
  })

  it.each<[what: string, body: unknown]>([
    ['no token', { refreshToken: 'flr_x' }],
    ['an empty token', { token: '' }],
    ['a token that is an object', { token: { a: 1 } }],
    ['a token that would be two headers', { token: 'tok-\r\nX-Admin: 1' }],
    ['a token that no header can carry', { token: 'tok-ż' }],
    ['a list', [1]],
    ['null', null],
  ])('does not believe an answer with %s, and repeats none of it', async (_what, body) => {
    await using raw = await startRawUpstream()
    raw.answer = (socket) => writeJson(socket, body)
    const { upstream, close } = openUpstream(raw.url)

    const failure = await failureOf(
      createPasswordSignIn({ login, upstream }).submit(RIGHT, REQUEST_ID),
    )

    expect(failure).toMatchObject({ name: 'UpstreamFailure', status: 502 })
    expect(failure.message).not.toMatch(/tok-|flr_|sluice-demo/)
    await close()
  })

  it('takes a sign-in without a refresh token, which cannot be renewed', async () => {
    await using raw = await startRawUpstream()
    raw.answer = (socket) => writeJson(socket, { token: 'fls_only' })
    const { upstream, close } = openUpstream(raw.url)

    const credential = await createPasswordSignIn({ login, upstream }).submit(RIGHT, REQUEST_ID)

    expect(credential).toEqual({ kind: 'bearer', token: 'fls_only', refreshToken: null })
    await close()
  })
})

describe('a renewal', () => {
  it('gives a token that works where the old one ended, and a refresh token for the next', async () => {
    const first = asBearer(await submit())
    clock.now += 2 * 3_600_000
    expect(await whoIs(first)).toBeNull()

    const second = asBearer(await renew(first.refreshToken))
    const third = asBearer(await renew(second.refreshToken))

    expect(second.token).not.toBe(first.token)
    expect(await whoIs(third)).toMatchObject({ email: 'owner@acme.example' })
  })

  it.each<[what: string, refreshToken: string | null]>([
    ['unknown', 'flr_unknown'],
    ['malformed', 'x'.repeat(5_000)],
    ['absent', null],
  ])('is refused for a refresh token that is %s', async (_what, refreshToken) => {
    expect(await renew(refreshToken)).toBeNull()
  })

  it('is refused for a refresh token that was used, or that has expired', async () => {
    const { refreshToken: used } = asBearer(await submit())
    const { refreshToken: old } = asBearer(await renew(used))
    const isReused = await renew(used)
    clock.now += 40 * 86_400_000

    expect(isReused).toBeNull()
    expect(await renew(old)).toBeNull()
  })

  it('is not there for headers, nor where the allow-list names none', async () => {
    const { upstream } = running
    const { renew: withRefresh } = createPasswordSignIn({ login, upstream })
    const without = createPasswordSignIn({ login: { ...login, refresh: null }, upstream })

    expect(await withRefresh?.({ kind: 'headers', headers: { a: 'b' } }, REQUEST_ID)).toBeNull()
    expect(without.renew).toBeNull()
    expect(await without.submit(RIGHT, REQUEST_ID)).toMatchObject({ refreshToken: null })
  })

  it('keeps the refresh token where the answer has no other', async () => {
    await using raw = await startRawUpstream()
    raw.answer = (socket) => writeJson(socket, { token: 'fls_next' })
    const { upstream, close } = openUpstream(raw.url)
    const { renew: renewAt } = createPasswordSignIn({ login, upstream })

    const credential = await renewAt?.(
      { kind: 'bearer', token: 'old', refreshToken: 'flr_kept' },
      REQUEST_ID,
    )

    expect(credential).toEqual({ kind: 'bearer', token: 'fls_next', refreshToken: 'flr_kept' })
    expect(raw.requests).toEqual(['POST /v1/sessions/refresh HTTP/1.1'])
    await close()
  })

  it.each([400, 401, 403, 422])('is refused by the status %i', async (status) => {
    await using raw = await startRawUpstream()
    raw.answer = (socket) => write(socket, `${status} No`, {}, '')
    const { upstream, close } = openUpstream(raw.url)
    const signIn = createPasswordSignIn({ login, upstream })

    const refusals = [
      await signIn.submit(RIGHT, REQUEST_ID),
      await signIn.renew?.({ kind: 'bearer', token: 'old', refreshToken: 'flr_x' }, REQUEST_ID),
    ]

    expect(refusals).toEqual([null, null])
    await close()
  })
})
