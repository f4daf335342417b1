import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { AuditFilter } from '../../../server/store/audit-search.ts'
import type { AuditRow } from '../../../server/store/audit-rows.ts'
import { auditRows, storeAuditRows } from '../../support/audit/audit-rows.ts'
import { openTestStores, storeKinds, type TestStores } from '../../support/stores.ts'

const MEMBERS = ['m1', 'm2', 'm3', null]
const CLIENTS = ['c1', 'https://client.example/metadata.json', null]
const TOOLS = ['invoices.list', 'invoices.get', null]
const TYPES = ['mcp.request', 'sign-in.failed', 'token.issued']
const START = 1_800_000_000_000
/** More than are looked through from the newest on. */
const COUNT = 1_800
/** Smaller than most answers, so that there are many pages. */
const PAGE = 7

/** All combinations of what can be asked for, by themselves and together. */
const FILTERS: readonly Omit<AuditFilter, 'organizationId'>[] = [
  {},
  ...[{ memberId: 'm1' }, { memberId: 'rare' }, { memberId: 'nobody' }].flatMap((member) =>
    [{}, { tool: 'invoices.list' }, { tool: 'rare.tool' }].flatMap((tool) =>
      [{}, { outcome: 'failure' }, { types: ['mcp.request', 'token.issued'] }].map((more) => ({
        ...member,
        ...tool,
        ...more,
      })),
    ),
  ),
  { memberId: 'm3', tool: 'invoices.get' },
  { clientId: 'c1' },
  { clientId: 'https://client.example/metadata.json', outcome: 'success' },
  { types: ['sign-in.failed'] },
  { types: [] },
  { types: ['no.type'] },
  { since: START + 500, until: START + 1_500 },
  { since: START + 500, until: START + 1_500, memberId: 'm2', outcome: 'success' },
  { until: START, memberId: 'm2' },
  { tool: `'; drop table audit_event; --` },
]

describe.each(storeKinds)('a search of audit events on $kind', (kind) => {
  let stores: TestStores
  let rows: readonly AuditRow[]
  beforeAll(async () => {
    stores = await openTestStores(kind)
    const { auditEvents } = stores.store
    rows = auditRows('acme', COUNT, (number) => ({
      // Several at a moment, and not all in the order of their chain.
      at: START + Math.floor(number / 3) * 10 - (number % 7 === 0 ? 200 : 0),
      type: number % 5 === 0 ? (TYPES[number % 3] ?? '') : 'mcp.request',
      outcome: number % 11 === 0 ? 'failure' : 'success',
      // Of the first half, whoever was there then is not there any more.
      memberId: number === 2 ? 'rare' : (MEMBERS[(number % 2) + (number < 900 ? 0 : 2)] ?? null),
      clientId: CLIENTS[number % 3] ?? null,
      tool: number === 5 ? 'rare.tool' : (TOOLS[Math.floor(number / 4) % 3] ?? null),
    }))
    await storeAuditRows(auditEvents, rows)
    await storeAuditRows(
      auditEvents,
      auditRows('globex', 20, () => ({ memberId: 'm1' })),
    )
  })
  afterAll(() => stores.close())

  /** What is right, by looking at each. */
  function look(filter: Omit<AuditFilter, 'organizationId'>): readonly number[] {
    const { since = 0, until = Infinity, types, ...values } = filter
    return rows
      .filter(({ at, type }) => at >= since && at < until && (types?.includes(type) ?? true))
      .filter((row) => isLike(row, values))
      .toSorted((one, other) => other.at - one.at || other.sequence - one.sequence)
      .map(({ sequence }) => sequence)
  }

  async function page(filter: Omit<AuditFilter, 'organizationId'>): Promise<readonly number[]> {
    const found: AuditRow[] = []
    for (;;) {
      const { auditEvents } = stores.other
      const rows = await auditEvents.list({ organizationId: 'acme', ...filter }, PAGE, found.at(-1))
      found.push(...rows)
      if (rows.length < PAGE) return found.map(({ sequence }) => sequence)
    }
  }

  it.each(FILTERS)('finds each once, newest first, over all pages: %j', async (filter) => {
    expect(await page(filter)).toEqual(look(filter))
  })

  it('gives back what was stored', async () => {
    const found = await stores.store.auditEvents.list(
      { organizationId: 'acme', memberId: 'rare' },
      5,
    )

    expect(found).toEqual(rows.filter(({ memberId }) => memberId === 'rare'))
  })

  it('finds events that were recorded before there were facets', async () => {
    const { auditEvents } = stores.store
    const old = auditRows('old', 9, (number) => ({ memberId: number % 2 === 0 ? 'm1' : 'm2' }))
    const unfaceted = old.map((row) => (row.sequence <= 6 ? { ...row, facet: 0 } : row))
    await storeAuditRows(auditEvents, unfaceted)

    const first = await auditEvents.list({ organizationId: 'old', memberId: 'm1' }, 2)
    const rest = await auditEvents.list({ organizationId: 'old', memberId: 'm1' }, 9, first.at(-1))

    expect([...first, ...rest].map(({ sequence }) => sequence)).toEqual([9, 7, 5, 3, 1])
  })

  it('offers what there is to choose from, of one organization', async () => {
    expect(await stores.other.auditEvents.listSeen('acme')).toEqual({
      members: ['m1', 'm2', 'm3', 'rare'],
      clients: ['c1', 'https://client.example/metadata.json'],
      tools: ['invoices.get', 'invoices.list', 'rare.tool'],
    })
    expect(await stores.other.auditEvents.listSeen('nobody')).toEqual({
      ...{ members: [], clients: [], tools: [] },
    })
  })

  it('forgets what only removed events had', async () => {
    const { auditEvents } = stores.store
    const some = auditRows('pruned', 4, (number) => ({ memberId: number < 2 ? 'gone' : 'kept' }))
    await storeAuditRows(auditEvents, some)

    await auditEvents.prune('pruned', 10, (head) => ({ ...head, prunedSequence: 3 }))

    expect((await auditEvents.listSeen('pruned')).members).toEqual(['kept'])
    expect(await auditEvents.list({ organizationId: 'pruned', memberId: 'gone' }, 5)).toEqual([])
    expect(await auditEvents.list({ organizationId: 'pruned', memberId: 'kept' }, 5)).toHaveLength(
      1,
    )
  })
})

describe.each(storeKinds)('a summary of audit events on $kind', (kind) => {
  let stores: TestStores
  beforeAll(async () => {
    stores = await openTestStores(kind)
    const call = { type: 'mcp.request', outcome: 'success', tool: 'a.one', memberId: 'm1' }
    const events: readonly Partial<AuditRow>[] = [
      { ...call, at: START - 1 },
      { ...call, at: START },
      { ...call, at: START + 99, outcome: 'failure' },
      { ...call, at: START + 100, memberId: 'm2' },
      { ...call, at: START + 250, tool: 'b.two', memberId: null },
      { ...call, at: START + 260, tool: null, memberId: 'm3' },
      { ...call, at: START + 270, type: 'token.issued', memberId: 'm4' },
      { ...call, at: START + 300 },
      ...['c', 'd', 'e', 'f'].map((tool) => ({ ...call, at: START + 299, tool: `${tool}.x` })),
    ]
    const rows = auditRows('acme', events.length, (number) => events[number] ?? {})
    await storeAuditRows(stores.store.auditEvents, rows)
    await storeAuditRows(
      stores.store.auditEvents,
      auditRows('globex', 3, () => ({ ...call, at: START })),
    )
  })
  afterAll(() => stores.close())

  it('counts calls of tools and failures in each part of the time, and nothing else', async () => {
    const summary = await stores.other.auditEvents.summarize({
      ...{ organizationId: 'acme', since: START, until: START + 300, bucketMs: 100 },
    })

    expect(summary).toEqual({
      ...{ calls: 8, failures: 1, members: 2 },
      buckets: [
        { startsAt: START, calls: 2, failures: 1 },
        { startsAt: START + 100, calls: 1, failures: 0 },
        { startsAt: START + 200, calls: 5, failures: 0 },
      ],
      tools: [
        { tool: 'a.one', calls: 3, failures: 1 },
        ...['b.two', 'c.x', 'd.x', 'e.x'].map((tool) => ({ tool, calls: 1, failures: 0 })),
      ],
    })
  })

  it('has every part of a time in which nothing happened', async () => {
    const summary = await stores.store.auditEvents.summarize({
      ...{ organizationId: 'nobody', since: START, until: START + 250, bucketMs: 100 },
    })

    expect(summary).toMatchObject({ calls: 0, failures: 0, members: 0, tools: [] })
    expect(summary.buckets.map(({ startsAt }) => startsAt - START)).toEqual([0, 100, 200])
  })
})

function isLike(row: AuditRow, values: Partial<AuditRow>): boolean {
  return Object.entries({ ...row, ...values }).every(
    ([name, value]) => Object.entries(row).find(([each]) => each === name)?.[1] === value,
  )
}
