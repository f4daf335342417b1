import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditCursor, AuditFilter } from '../server/store/audit-search.ts'
import { openStore } from '../server/store/open-store.ts'
import { END, fillAudit, STEP_MS } from './fill-audit.ts'

// A page of the console's audit among a million events of one organization: [DATABASE_URL] [EVENTS].
const ORGANIZATION = '0199f3a2-6b1c-7d3e-9a55-1c2d3e4f5a6b'
const EVENTS = Number(process.argv[3] ?? 1_000_000)
const PAGE = 50
const ROUNDS = 7
const DAY_MS = 86_400_000
const HOURS = { organizationId: ORGANIZATION, bucketMs: 3_600_000 } as const

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
const url = process.argv[2] ?? `sqlite:${join(folder, 'sluice.db')}`
const store = await openStore({ url, now: Date.now })
try {
  const body = JSON.stringify({ stands: 'for an event', of: 'its usual length'.repeat(45) })
  await fillAudit(url, { organization: ORGANIZATION, events: EVENTS, body })
  const { auditEvents } = store
  const seen = await auditEvents.listSeen(ORGANIZATION)
  const [member = '', client = ''] = [seen.members[7], seen.clients[0]]
  const oldest: AuditCursor = { at: END - (EVENTS - 1_000) * STEP_MS, sequence: 1_000 }
  const page = (filter: Omit<AuditFilter, 'organizationId'>, after?: AuditCursor) => () =>
    auditEvents.list({ organizationId: ORGANIZATION, ...filter }, PAGE, after)
  const newest = await measure(page({}))
  const since = { since: END - DAY_MS, until: END }
  const rows: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['no filter, newest', page({})],
    ['no filter, oldest', page({}, oldest)],
    ['a member', page({ memberId: member })],
    ['a member, oldest', page({ memberId: member }, oldest)],
    ['a member who called on the first day only', page({ memberId: 'member-of-old' })],
    ['a member who never was', page({ memberId: 'nobody' })],
    ['a client', page({ clientId: client })],
    ['a tool', page({ tool: 'invoices.list3' })],
    ['failures', page({ outcome: 'failure' })],
    ['successes, oldest', page({ outcome: 'success' }, oldest)],
    ['a type', page({ types: ['sign-in.failed'] })],
    ['many types, oldest', page({ types: ['mcp.request', 'token.refreshed'] }, oldest)],
    ['a member and a tool that never met', page({ memberId: member, tool: 'never.called' })],
    ['a client that never failed, failures', page({ clientId: 'never-fails', outcome: 'failure' })],
    ['a member on the day of the oldest', page({ memberId: member, until: oldest.at })],
    [
      'all filters',
      page({
        ...{ memberId: member, clientId: client, tool: 'invoices.list7', outcome: 'failure' },
        ...{ types: ['mcp.request'], ...since },
      }),
    ],
    ['choices for the filter', () => auditEvents.listSeen(ORGANIZATION)],
    ['summary of a day (10,000 events)', () => auditEvents.summarize({ ...since, ...HOURS })],
    [
      'summary of all, in 24 parts',
      () =>
        auditEvents.summarize({
          ...{ organizationId: ORGANIZATION, until: END, since: END - EVENTS * STEP_MS },
          bucketMs: Math.ceil((EVENTS * STEP_MS) / 24),
        }),
    ],
  ]
  for (const [name, work] of rows) {
    const ms = await measure(work)
    console.log(
      `${name.padEnd(44)} ${ms.toFixed(1).padStart(8)} ms ${(ms / newest).toFixed(1).padStart(7)} ×`,
    )
  }
} finally {
  await store.close()
  rmSync(folder, { recursive: true })
}

/** Milliseconds; the median of some rounds. */
async function measure(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now()
    await work()
    times.push(performance.now() - started)
  }
  return times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? 0
}
