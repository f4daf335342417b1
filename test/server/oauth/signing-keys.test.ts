import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createKeyRing, type KeyRing } from '../../../server/oauth/signing-keys.ts'
import { createSeal } from '../../../server/seal.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'

const SECOND = 1000
const HOUR = 3_600_000

let store: Store
let at: number
beforeEach(async () => {
  at = 1_800_000_000_000
  store = await openStore({ url: 'sqlite::memory:', now: () => at })
})
afterEach(() => store.close())

function createInstance(key = Buffer.alloc(32, 1)): KeyRing {
  const seal = createSeal(key, 'signing-keys')
  return createKeyRing({
    store: store.signingKeys,
    seal,
    accessTokenTtlMs: HOUR,
    now: () => at,
  })
}

async function kids(keyRing: KeyRing): Promise<readonly string[]> {
  return (await keyRing.current()).keys.map(({ kid }) => kid)
}

describe('the key ring', () => {
  it('is the same on all instances that start at once', async () => {
    const instances = [createInstance(), createInstance(), createInstance()]

    const found = await Promise.all(instances.map(kids))

    expect(new Set(found.flat()).size).toBe(1)
  })

  it('publishes a new key a minute before it signs, and the old one until its last token is out', async () => {
    const keyRing = createInstance()
    const [first = ''] = await kids(keyRing)

    const { othersVerifyUntil } = await keyRing.rotate()
    const published = await kids(keyRing)
    at += 61 * SECOND
    const signing = await kids(keyRing)
    at = othersVerifyUntil
    const last = await kids(keyRing)

    expect(published).toEqual([first, expect.any(String)])
    expect(signing).toEqual([published[1], first])
    expect(last).toEqual([published[1]])
    expect(othersVerifyUntil - at).toBeLessThanOrEqual(0)
  })

  it('keeps an old key for longer than a token that it signed last', async () => {
    const { signsFrom, othersVerifyUntil } = await createInstance().rotate()

    expect(othersVerifyUntil).toBeGreaterThan(signsFrom + HOUR)
  })

  it('is known to the other instances before it signs', async () => {
    const [one, other] = [createInstance(), createInstance()]
    await kids(other)

    const { signsFrom } = await one.rotate()
    at = signsFrom - SECOND

    expect(await kids(other)).toEqual(await kids(one))
  })

  it('looks into the store for a key that it does not know, at most once a second', async () => {
    const [one, other] = [createInstance(), createInstance()]
    await kids(other)
    at += 2 * SECOND
    await one.rotate()

    const found = await other.afterMiss()

    expect(found.keys).toHaveLength(2)
  })

  it('opens with its own secret key only, and says nothing of what it could not open', async () => {
    await kids(createInstance())

    await expect(kids(createInstance(Buffer.alloc(32, 2)))).rejects.toThrow(/authenticate/)
  })

  it('knows a key of another instance as soon as it reads again', async () => {
    const [one, other] = [createInstance(), createInstance()]
    await kids(other)
    await one.rotate()

    await other.reread()

    expect(await kids(other)).toEqual(await kids(one))
  })

  it('never gives none, whoever reads before the first is made', async () => {
    const instance = createInstance()

    await instance.reread()
    const found = await Promise.all([kids(instance), kids(instance), kids(instance)])

    expect(found.map((each) => each.length)).toEqual([1, 1, 1])
    expect(new Set(found.flat()).size).toBe(1)
  })

  it('rotates twice in a minute without losing a key', async () => {
    const keyRing = createInstance()
    await keyRing.rotate()
    await keyRing.rotate()

    expect(await kids(keyRing)).toHaveLength(3)
  })
})
