import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { createSeal } from '../../../server/seal.ts'
import {
  createHeldCredentials,
  type HeldCredentials,
} from '../../../server/sign-in/held-credential.ts'
import type { RenewCredential } from '../../../server/sign-in/sign-in.ts'
import type { GrantStore, LiveGrant } from '../../../server/store/grants.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'

const ID = 'grant-1'
const SECOND_MS = 1_000
const seal = createSeal(Buffer.alloc(32, 7), 'grants')

let store: Store
let now: number
/** The one refresh token that the upstream takes; it replaces it at every use. */
let valid: number
let stale: LiveGrant

beforeEach(async () => {
  now = 1_800_000_000_000
  valid = 1
  store = await openStore({ url: 'sqlite::memory:', now: () => now })
  await store.organizations.see('acme', 'Acme', 'active')
  await store.grants.add({
    ...{ id: ID, realm: '', memberId: 'm1', memberEmail: 'm@acme.example', memberName: 'M' },
    ...{ organizationId: 'acme', organizationName: 'Acme', role: 'owner', scopes: ['a:read'] },
    ...{ clientId: null, clientName: 'Script', redirectHost: null },
    credential: create(renew).seal(ID, JSON.stringify(toCredential(1))),
  })
  stale = await find()
})
afterEach(() => store.close())

function toCredential(version: number) {
  return { kind: 'bearer', token: `token-${version}`, refreshToken: `${version}` } as const
}

const renew: RenewCredential = (credential) => {
  if (credential.kind !== 'bearer' || credential.refreshToken !== `${valid}`) {
    return Promise.resolve(null)
  }
  valid += 1
  return Promise.resolve(toCredential(valid))
}

function create(
  renew: RenewCredential,
  { upstreamTimeoutMs = 30 * SECOND_MS, grants = store.grants } = {},
): HeldCredentials {
  return createHeldCredentials({ kind: 'grant', holders: grants, seal, renew, upstreamTimeoutMs })
}

/** A renewal that stands still before or after the upstream was asked. */
function createHeldUp(where: 'before' | 'after'): {
  readonly renew: RenewCredential
  readonly begun: Promise<undefined>
  readonly goOn: () => void
} {
  const begun = Promise.withResolvers<undefined>()
  const gate = Promise.withResolvers<undefined>()
  return {
    begun: begun.promise,
    goOn: () => gate.resolve(undefined),
    async renew(credential, requestId) {
      const asked = where === 'after' ? renew(credential, requestId) : null
      begun.resolve(undefined)
      await gate.promise
      return asked ?? renew(credential, requestId)
    },
  }
}

async function find(): Promise<LiveGrant> {
  const grant = await store.grants.findLive(ID)
  if (grant === null) throw new Error('the grant has ended')
  return grant
}

describe('a renewal', () => {
  it('that takes as long as the upstream may is waited for, not asked for again', async () => {
    const slow = createHeldUp('after')
    const options = { upstreamTimeoutMs: 120 * SECOND_MS }
    const first = create(slow.renew, options).renew(stale, 'first')
    await slow.begun
    now += 120 * SECOND_MS

    const second = create(renew, options).renew(stale, 'second')
    await Promise.race([second, wait(200)])
    slow.goOn()

    expect((await first)?.['authorization']?.reveal()).toBe('Bearer token-2')
    expect((await second)?.['authorization']?.reveal()).toBe('Bearer token-2')
  })

  it('that is refused because another one came first gives what that one got', async () => {
    const stalled = createHeldUp('before')
    const first = create(stalled.renew).renew(stale, 'first')
    await stalled.begun
    now += 60 * SECOND_MS
    await create(renew).renew(stale, 'second')
    stalled.goOn()

    expect((await first)?.['authorization']?.reveal()).toBe('Bearer token-2')
    await expect(find()).resolves.toMatchObject({ credentialVersion: 2 })
  })

  it('that comes too late to be kept gives what is kept', async () => {
    const late = createHeldUp('before')
    const first = create(late.renew).renew(stale, 'first')
    await late.begun
    const sealed = create(renew).seal(ID, JSON.stringify(toCredential(7)))
    await store.grants.saveCredential(ID, 1, sealed)
    late.goOn()

    expect((await first)?.['authorization']?.reveal()).toBe('Bearer token-7')
  })

  it.each([1, 3])('is kept although the database fails %i times', async (failures) => {
    let left = failures
    const grants: GrantStore = {
      ...store.grants,
      saveCredential(...args) {
        left -= 1
        return left >= 0 ? Promise.reject(new Error('lost')) : store.grants.saveCredential(...args)
      },
    }

    const headers = await create(renew, { grants }).renew(stale, 'first')

    expect(headers?.['authorization']?.reveal()).toBe('Bearer token-2')
    await expect(find()).resolves.toMatchObject({ credentialVersion: 2 })
  })

  it('that the upstream refuses ends the grant', async () => {
    valid = 9

    expect(await create(renew).renew(stale, 'first')).toBeNull()
    expect(await store.grants.findLive(ID)).toBeNull()
  })
})
