import { facetOf } from '../../../server/audit/facet.ts'
import type { AuditEventStore } from '../../../server/store/audit-events.ts'
import { NO_HASH, type AuditRow } from '../../../server/store/audit-rows.ts'

/** Makes rows of events that nobody links: what they are found by is all that matters. */
export function auditRows(
  organizationId: string,
  count: number,
  /** What is not as in the others, by its number from 0 on. */
  of: (number: number) => Partial<AuditRow>,
): readonly AuditRow[] {
  return Array.from({ length: count }, (_, number) => {
    const row = {
      ...{ organizationId, sequence: number + 1, id: `${organizationId}-${number}` },
      ...{ at: 1_800_000_000_000 + number, type: 'mcp.request', outcome: 'success' },
      ...{ memberId: null, clientId: null, tool: null, body: '{}', hash: NO_HASH },
      ...of(number),
    }
    return { facet: facetOf(row), ...row }
  })
}

/** Stores rows of one organization, as the newest of its chain. */
export async function storeAuditRows(
  auditEvents: Pick<AuditEventStore, 'append'>,
  rows: readonly AuditRow[],
): Promise<void> {
  const last = rows.at(-1)
  if (last === undefined) return
  const { organizationId, sequence, hash } = last
  await auditEvents.append(
    rows.map(({ id }) => id),
    [organizationId],
    ({ heads }) => ({ rows, heads: heads.map((head) => ({ ...head, sequence, hash, seal: 's' })) }),
    (before, added) => ({ chains: (before?.chains ?? 0) + added, seal: 's' }),
  )
}
