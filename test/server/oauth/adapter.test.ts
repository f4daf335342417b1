import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { createAdapterFactory } from '../../../server/oauth/adapter.ts'
import { openTestStores, storeKinds } from '../../support/stores.ts'
import { newGrant } from '../store/rows.ts'

describe.each(storeKinds)('the records of the authorization server on $kind', (kind) => {
  it('lose a refresh token with its whole connection, so that no crash leaves half of it', async () => {
    const { store, other, clock, close } = await openTestStores(kind)
    const now = () => clock.now
    const create = createAdapterFactory({ store, realm: '', graceMs: 0, now })
    const grant = newGrant()
    const token = randomUUID()
    await store.organizations.see('acme', 'Acme', 'active')
    await store.grants.add(grant)
    await create('RefreshToken').upsert(token, { grantId: grant.id, jti: token }, 600)

    await create('RefreshToken').destroy(token)

    expect(await other.grants.find(grant.id)).toMatchObject({ endReason: 'revoked' })
    expect(await create('RefreshToken').find(token)).toBeUndefined()
    await close()
  })
})
