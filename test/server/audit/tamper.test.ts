import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql, type Kysely } from 'kysely'
import { createChainSeal, hashBody } from '../../../server/audit/chain.ts'
import { toCanonicalJson } from '../../../server/audit/canonical-json.ts'
import { facetOf } from '../../../server/audit/facet.ts'
import { verifyChainCount } from '../../../server/audit/verify.ts'
import type { Schema } from '../../../server/store/schema.ts'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'
import { openRawDatabase } from '../store/raw-database.ts'
import { callOf, openTestAudit, readAll } from './fixture.ts'

const COLUMNS = 'id, at, type, outcome, member_id, client_id, tool, body, hash'

/** What somebody does who can write the database, to an organization's five events; each is of one name. */
const BY_STATEMENTS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ...['type', 'outcome', 'member_id', 'client_id', 'tool', 'id', 'body', 'hash'].map(
    (column) =>
      [
        `alters the ${column} of an event`,
        [`update audit_event set ${column} = 'x' || organization_id where @ and sequence = 3`],
        /^3: altered/,
      ] as const,
  ),
  [
    'alters what it is found by',
    ['update audit_event set facet = facet + 1 where @ and sequence = 3'],
    /^3: altered: it cannot be found/,
  ],
  ['alters its time', ['update audit_event set at = 1 where @ and sequence = 3'], /^3: altered/],
  [
    'removes the first',
    ['delete from audit_event where @ and sequence = 1'],
    /^1: removed, up to 1/,
  ],
  [
    'removes one within',
    ['delete from audit_event where @ and sequence in (2, 3)'],
    /^2: removed, up to 3/,
  ],
  [
    'removes the last',
    ['delete from audit_event where @ and sequence = 5'],
    /^5: removed, up to the end/,
  ],
  [
    'removes all',
    ['delete from audit_event where @'],
    /^1: removed, up to the end of the chain at 5/,
  ],
  [
    'swaps two',
    [
      'update audit_event set sequence = 99 where @ and sequence = 2',
      'update audit_event set sequence = 2 where @ and sequence = 4',
      'update audit_event set sequence = 4 where @ and sequence = 99',
    ],
    /^2: altered: sequence.*4: altered: sequence/s,
  ],
  [
    'closes the gap that one leaves',
    [
      'delete from audit_event where @ and sequence = 3',
      'update audit_event set sequence = 3 where @ and sequence = 4',
      'update audit_event set sequence = 4 where @ and sequence = 5',
    ],
    /^3: altered: sequence/,
  ],
  [
    'puts one behind the end',
    [
      `insert into audit_event (organization_id, sequence, ${COLUMNS}) select organization_id, 6, 'i' || id, at, type, outcome, member_id, client_id, tool, body, hash from audit_event where @ and sequence = 5`,
    ],
    /^6: inserted behind the end/,
  ],
  [
    'puts one before the start',
    [
      `insert into audit_event (organization_id, sequence, ${COLUMNS}) select organization_id, 0, 'i' || id, at, type, outcome, member_id, client_id, tool, body, hash from audit_event where @ and sequence = 5`,
    ],
    /^0: inserted before the start/,
  ],
  [
    'cuts the end, with the head',
    [
      'delete from audit_event where @ and sequence = 5',
      'update audit_chain set sequence = 4, hash = (select hash from audit_event where @ and sequence = 4) where @',
    ],
    /the end of the chain was altered/,
  ],
  [
    'cuts the start, with the head',
    [
      'update audit_chain set pruned_sequence = 2, pruned_hash = (select hash from audit_event where @ and sequence = 2) where @',
      'delete from audit_event where @ and sequence < 3',
    ],
    /the end of the chain was altered/,
  ],
  ['removes the head', ['delete from audit_chain where @'], /the end of the chain was removed/],
]

/** Organizations that something else is done to. */
const OTHERS = ['is left alone', 'hashes', 'gone', 'unlisted', 'listed wrongly'] as const

describe.each(storeKinds)('a chain on $kind', (kind) => {
  let stores: TestStores
  let raw: Kysely<Schema>
  beforeAll(async () => {
    stores = await openTestStores(kind)
    raw = await openRawDatabase(stores.url)
    const audit = openTestAudit(stores.store.auditEvents)
    for (const [organization] of [...BY_STATEMENTS, ...OTHERS.map((name) => [name] as const)]) {
      for (let count = 0; count < 5; count += 1) audit.log.record(callOf(organization))
    }
    await audit.close()
  })
  afterAll(async () => {
    await raw.destroy()
    await stores.close()
  })

  async function run(statement: string, organization: string): Promise<void> {
    const own = statement.replaceAll('@', `organization_id = '${organization}'`)
    await sql.raw(own).execute(raw)
  }

  async function problemsOf(organization: string): Promise<string> {
    const { problems } = await openTestAudit(stores.store.auditEvents).verify(organization)
    return problems.map(({ sequence, what }) => `${sequence ?? 'all'}: ${what}`).join('\n')
  }

  it('is found as it was recorded where nobody touched it', async () => {
    expect(await problemsOf('is left alone')).toBe('')
  })

  it.each(BY_STATEMENTS)(
    'tells of somebody who %s, then and ever after',
    async (name, statements, expected) => {
      for (const statement of statements) await run(statement, name)
      const found = await problemsOf(name)
      const audit = openTestAudit(stores.store.auditEvents)
      audit.log.record(callOf(name, `after ${name}`))
      await audit.close()
      const later = await problemsOf(name)

      expect(found).toMatch(expected)
      expect(later).not.toBe('')
      expect(audit.status().pending).toBe(0)
    },
  )

  it.each([
    ['unlisted', 'delete from audit_facet where @'],
    ['listed wrongly', "update audit_facet set member_id = 'x' where @"],
  ])('tells of events that nobody could find, as they are %s', async (name, statement) => {
    await run(statement, name)

    expect(await problemsOf(name)).toBe('all: 1 of 1 entries that events are found by were altered')
  })

  it('tells of somebody who writes all hashes anew, without the key', async () => {
    const rows = await readAll(stores.store.auditEvents, 'hashes')
    const stored = await stores.store.auditEvents.readChain('hashes', 0, 10)
    let previousHash = rows[1]?.hash ?? ''
    for (const { sequence, event } of rows.slice(2)) {
      const body = toCanonicalJson({
        ...event,
        ...(sequence === 3 && { member: 'm2' }),
        previousHash,
      })
      previousHash = hashBody(body)
      const memberId = sequence === 3 ? 'm2' : 'm1'
      const [row] = stored.filter((each) => each.sequence === sequence)
      if (row === undefined) throw new Error('no event')
      const { organizationId, type, outcome, clientId, tool } = row
      const facet = facetOf({ ...row, memberId })
      await raw
        .insertInto('auditFacet')
        .values({ organizationId, facet, type, outcome, memberId, clientId, tool })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await sql`update audit_event set body = ${body}, hash = ${previousHash}, member_id = ${memberId}, facet = ${facet} where organization_id = 'hashes' and sequence = ${sequence}`.execute(
        raw,
      )
    }
    await sql`update audit_chain set hash = ${previousHash} where organization_id = 'hashes'`.execute(
      raw,
    )

    expect(await problemsOf('hashes')).toBe(
      'all: the end of the chain was altered: its seal is wrong',
    )
  })

  it('is missed as a whole', async () => {
    const seal = createChainSeal(Buffer.from(TEST_SECRET_KEY.reveal(), 'base64'))
    await run('delete from audit_event where @', 'gone')
    await run('delete from audit_chain where @', 'gone')

    expect(await verifyChainCount(stores.store.auditEvents, seal)).toMatch(
      /^\d+ chains were begun, and \d+ are there$/,
    )
  })
})
