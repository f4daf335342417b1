import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createToIdentity, type ToIdentity } from '../../../server/access/grant-identity.ts'
import { createSeal } from '../../../server/seal.ts'
import { createHeldCredentials } from '../../../server/sign-in/held-credential.ts'
import type { LiveGrant } from '../../../server/store/grants.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { newGrant } from '../store/rows.ts'

describe('who is calling by a grant', () => {
  let store: Store
  let toIdentity: ToIdentity
  let live: LiveGrant
  beforeAll(async () => {
    store = await openStore({ url: 'sqlite::memory:', now: Date.now })
    const seal = createSeal(Buffer.alloc(32, 7), 'grants')
    const { grants } = store
    const credentials = createHeldCredentials({
      ...{ kind: 'grant', holders: grants, seal, renew: null, upstreamTimeoutMs: 30_000 },
    })
    toIdentity = createToIdentity({ grants, credentials, service: null })
    await store.organizations.see('acme', 'Acme', 'active')
    const grant = newGrant({ scopes: ['invoices:read', 'projects:read'] })
    const credential = JSON.stringify({ kind: 'bearer', token: 'upstream-1', refreshToken: null })
    await grants.add({ ...grant, credential: credentials.seal(grant.id, credential) })
    const found = await grants.findLive(grant.id)
    if (found === null) throw new Error('no grant')
    live = found
  })
  afterAll(() => store.close())

  it('has the scopes of the credential, as far as the grant has them', () => {
    const asked = ['projects:read', 'contracts:read', 'openid']

    expect(toIdentity(live, 'oauth', asked).scopes).toEqual(['projects:read'])
  })

  it('has an upstream credential that is opened for each request anew', () => {
    const { credential } = toIdentity(live, 'oauth', live.scopes)

    const [one, another] = [credential.open(), credential.open()]

    expect(one['authorization']?.reveal()).toBe('Bearer upstream-1')
    expect(another).not.toBe(one)
  })

  it('is known without the upstream credential being opened', () => {
    const { credential, member } = toIdentity({ ...live, credential: 'x' }, 'oauth', live.scopes)

    expect(member.id).toBe(live.memberId)
    expect(() => credential.open()).toThrow()
  })
})
