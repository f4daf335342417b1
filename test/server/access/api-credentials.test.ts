import { describe, expect, it } from '@jest/globals'
import { createApiCredentials } from '../../../server/access/api-credentials.ts'
import type { Membership } from '../../../server/access/membership.ts'
import type { Secret } from '../../../server/secret.ts'

const HEADERS = { key: 'X-Api-Key', secret: 'X-Api-Secret', email: 'X-User-Email' }
const RIGHT = { 'x-api-key': 'key', 'x-api-secret': 'secret', 'x-user-email': 'Owner@Acme.example' }
const MEMBERSHIP: Membership = {
  member: { id: 'm1', email: 'owner@acme.example', name: 'Olga' },
  organization: { id: 'acme', name: 'Acme', role: 'owner' },
}

type Answer = Membership | null | Error
type State = { answer: Answer | Promise<Answer>; asked: number; now: number }

/** An upstream in one variable: what it answers now, and how often it was asked. */
function createAccess() {
  const state: State = { answer: MEMBERSHIP, asked: 0, now: 1_000_000 }
  const access = createApiCredentials({
    headers: HEADERS,
    now: () => state.now,
    statusOf: () => Promise.resolve('active'),
    findMembership: async (credential: Readonly<Record<string, Secret>>) => {
      state.asked += 1
      expect(Object.keys(credential)).toEqual(Object.values(HEADERS))
      const answer = await state.answer
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const authenticate = (headers: Readonly<Record<string, string>>) =>
    access.authenticate({
      readHeader: (name) => headers[name] ?? '',
      realm: { label: '', issuer: 'http://localhost', resource: 'http://localhost/mcp' },
      requestId: 'request-1',
    })
  return { state, authenticate }
}

describe('createApiCredentials', () => {
  it('tells the member and the organization that the upstream names', async () => {
    const { authenticate } = createAccess()

    expect(await authenticate(RIGHT)).toMatchObject({ ...MEMBERSHIP, kind: 'api-credentials' })
  })

  it('stands aside for a request without any of the headers', async () => {
    const { authenticate, state } = createAccess()

    expect(await authenticate({ authorization: 'Bearer x' })).toBeNull()
    expect(state.asked).toBe(0)
  })

  it('names what is missing, without asking the upstream', async () => {
    const { authenticate, state } = createAccess()

    await expect(authenticate({ 'x-api-key': 'key' })).rejects.toMatchObject({
      code: 'unauthorized',
      hint: 'Missing: X-Api-Secret, X-User-Email.',
    })
    expect(state.asked).toBe(0)
  })

  it('refuses an address that is not the member that the upstream names', async () => {
    const { authenticate } = createAccess()

    await expect(
      authenticate({ ...RIGHT, 'x-user-email': 'stranger@acme.example' }),
    ).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('asks the upstream once a minute for the same credentials, and again after it', async () => {
    const { authenticate, state } = createAccess()

    await authenticate(RIGHT)
    state.now += 59_000
    await authenticate(RIGHT)
    expect(state.asked).toBe(1)

    state.now += 2_000
    state.answer = null
    await expect(authenticate(RIGHT)).rejects.toMatchObject({ code: 'unauthorized' })
    expect(state.asked).toBe(2)
  })

  it('shares one question between requests that come at once', async () => {
    const { authenticate, state } = createAccess()

    await Promise.all([authenticate(RIGHT), authenticate(RIGHT), authenticate(RIGHT)])

    expect(state.asked).toBe(1)
  })

  it('does not ask about refused credentials again for five seconds', async () => {
    const { authenticate, state } = createAccess()
    state.answer = null
    await expect(authenticate(RIGHT)).rejects.toMatchObject({ code: 'unauthorized' })
    state.answer = MEMBERSHIP

    state.now += 4_000
    await expect(authenticate(RIGHT)).rejects.toMatchObject({ code: 'unauthorized' })
    expect(state.asked).toBe(1)

    state.now += 2_000
    expect(await authenticate(RIGHT)).toMatchObject(MEMBERSHIP)
  })

  it('remembers nothing when the upstream could not tell', async () => {
    const { authenticate, state } = createAccess()
    state.answer = new Error('down')
    await expect(authenticate(RIGHT)).rejects.toThrow('down')
    state.answer = MEMBERSHIP

    expect(await authenticate(RIGHT)).toMatchObject(MEMBERSHIP)
  })

  it('does not let a late refusal undo a newer acceptance', async () => {
    const { authenticate, state } = createAccess()
    const late = Promise.withResolvers<null>()
    state.answer = late.promise
    const first = authenticate(RIGHT)
    state.now += 61_000
    state.answer = MEMBERSHIP
    await authenticate(RIGHT)

    late.resolve(null)
    await expect(first).rejects.toMatchObject({ code: 'unauthorized' })

    expect(await authenticate(RIGHT)).toMatchObject(MEMBERSHIP)
  })

  it('asks about sixteen callers at once, and refuses more rather than queue them', async () => {
    const { authenticate, state } = createAccess()
    const answer = Promise.withResolvers<Membership>()
    state.answer = answer.promise
    const callers = Array.from({ length: 16 }, (_, index) =>
      authenticate({ ...RIGHT, 'x-api-key': `key-${index}` }),
    )

    await expect(authenticate(RIGHT)).rejects.toMatchObject({ code: 'overloaded' })

    answer.resolve(MEMBERSHIP)
    await Promise.all(callers)
    expect(await authenticate(RIGHT)).toMatchObject(MEMBERSHIP)
  })

  it.each([['x-api-key'], ['x-api-secret'], ['x-user-email']])(
    'asks anew when %s differs',
    async (name) => {
      const { authenticate, state } = createAccess()
      await authenticate(RIGHT)

      await authenticate({ ...RIGHT, [name]: 'OWNER@acme.example' })

      expect(state.asked).toBe(2)
    },
  )

  it('refuses overlong headers without asking', async () => {
    const { authenticate, state } = createAccess()

    await expect(authenticate({ ...RIGHT, 'x-api-secret': 'x'.repeat(513) })).rejects.toMatchObject(
      { code: 'unauthorized' },
    )
    expect(state.asked).toBe(0)
  })
})
