import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditFact } from '../../../server/audit/event.ts'
import { openAudit, type Audit } from '../../../server/audit/open-audit.ts'
import type { SpoolLimits } from '../../../server/audit/spool.ts'
import { createChainSeal } from '../../../server/audit/chain.ts'
import { pruneChains } from '../../../server/audit/retention.ts'
import { verifyChain, type ChainReport } from '../../../server/audit/verify.ts'
import { createLog } from '../../../server/log.ts'
import type { AuditConfig } from '../../../server/config.ts'
import type { Secret } from '../../../server/secret.ts'
import type { AuditEventStore } from '../../../server/store/audit-events.ts'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'

/** A new folder for spools. */
export function createSpoolFolder() {
  const path = mkdtempSync(join(tmpdir(), 'sluice-audit-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** An audit log, with what tests ask it. */
export type TestAudit = Audit & {
  readonly lines: readonly string[]
  /** Removes what is older than a year. */
  readonly prune: (now: number) => Promise<void>
  readonly verify: (organization: string) => Promise<ChainReport>
}

/** An audit log over a store, with all that it wrote to its log. */
export function openTestAudit(
  store: AuditEventStore,
  options: {
    readonly spool?: string | null
    readonly sinks?: AuditConfig['sinks']
    readonly secretKey?: Secret
    readonly isServer?: boolean
    readonly now?: () => number
    readonly limits?: SpoolLimits
  } = {},
): TestAudit {
  const { spool = null, sinks = [], secretKey = TEST_SECRET_KEY } = options
  const { isServer = true, now = Date.now, limits } = options
  const lines: string[] = []
  const log = createLog({
    level: 'trace',
    destination: { write: (line) => void lines.push(line) },
  })
  const audit = openAudit({
    config: { spool, sinks, sinkKey: null, retentionDays: 365 },
    connector: 'flowtly',
    store,
    secretKey,
    isServer,
    log,
    now,
    ...(limits && { limits }),
  })
  const seal = createChainSeal(Buffer.from(secretKey.reveal(), 'base64'))
  return {
    ...audit,
    lines,
    prune: (now) =>
      pruneChains({
        ...{ store, seal, audit: audit.log, retentionDays: 365, log, now },
        isStopping: () => false,
      }),
    verify: (organization) => verifyChain(store, seal, organization),
  }
}

/** A call that a member of an organization made. */
export function callOf(organization: string | null, requestId: string = randomUUID()): AuditFact {
  return {
    type: 'mcp.request',
    outcome: 'success',
    ...{ organization, member: 'm1', clientId: 'c1', clientName: 'Claude' },
    ...{ credential: 'oauth', method: 'tools/call', tool: 'invoices.list' },
    ...{ route: 'GET /invoices', httpStatus: 200, upstreamStatus: 200, durationMs: 12.5 },
    requestId,
  }
}

/** All that is stored of a chain, in its order. */
export async function readAll(store: AuditEventStore, organization: string | null) {
  const rows = await store.readChain(organization ?? '', 0, 1_000_000)
  return rows.map(({ body, hash, ...columns }) => {
    const event: unknown = JSON.parse(body)
    if (typeof event !== 'object' || event === null) throw new Error('no event')
    return { ...columns, body, hash, event: { requestId: null, ...event } }
  })
}
