import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AuditFact } from '../../../server/audit/event.ts'
import { recordGrantEnds } from '../../../server/audit/record-grant-ends.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { newGrant } from '../store/rows.ts'

describe.each(storeKinds)('grants that are recorded on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    await stores.store.organizations.see('acme', 'Acme', 'active')
  })
  afterAll(() => stores.close())

  it('have one event for each end, however they are ended, and none for what did not end', async () => {
    const facts: AuditFact[] = []
    const grants = recordGrantEnds(stores.store.grants, { record: (fact) => facts.push(fact) })
    const added = ['one', 'two', 'three', 'four'].map((id) => newGrant({ id }))
    for (const grant of added) await grants.add(grant)

    await grants.end('one', 'membership-lost')
    await grants.endOf('globex', 'two', 'revoked')
    await grants.endOf('acme', 'two', 'revoked')
    await grants.endAllOf({ organizationId: 'acme', memberId: 'm1' }, 'revoked')
    await grants.endAllOf({ organizationId: 'acme' }, 'revoked')

    const ended = { type: 'grant.ended', organization: 'acme', member: 'm1' }
    expect(facts.slice(0, 2)).toMatchObject([
      { ...ended, subject: 'grant:one', reason: 'membership-lost' },
      { ...ended, subject: 'grant:two', reason: 'revoked' },
    ])
    expect(
      facts
        .slice(2)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['grant:four', 'grant:three'])
  })
})
