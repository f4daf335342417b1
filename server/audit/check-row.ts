import { isRecord } from '../json.ts'
import type { AuditRow } from '../store/audit-rows.ts'
import { hashBody } from './chain.ts'
import { facetOf, NO_FACET } from './facet.ts'

/** The place of an event in its chain, and its hash. */
export type ChainPlace = Pick<AuditRow, 'sequence' | 'hash'>

/**
 * Compares a stored event with its own hash, with the event before it, and with its columns.
 *
 * @returns what is wrong with it; `null` for nothing
 */
export function checkRow(row: AuditRow, previous: ChainPlace): string | null {
  if (hashBody(row.body) !== row.hash) return 'altered: its content does not have its hash'
  const event = readBody(row.body)
  if (event === null) return 'altered: it is no event'
  const columns = {
    organization: row.organizationId === '' ? null : row.organizationId,
    ...{ sequence: row.sequence, id: row.id, type: row.type, outcome: row.outcome },
    ...{ time: toTimeText(row.at), member: row.memberId, clientId: row.clientId, tool: row.tool },
  }
  const strays = Object.entries(columns).filter(([name, value]) => event[name] !== value)
  if (strays.length > 0) {
    return `altered: ${strays.map(([name]) => name).join(', ')} in the table is not what was recorded`
  }
  if (row.facet !== NO_FACET && row.facet !== facetOf(row)) {
    return 'altered: it cannot be found by what was recorded'
  }
  if (row.sequence !== previous.sequence + 1) return 'out of place'
  if (event['previousHash'] !== previous.hash) {
    return 'inserted, or the event before it was altered: they are not linked'
  }
  return null
}

function readBody(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(body)
    return isRecord(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** No time at all where somebody wrote one that no date has. */
function toTimeText(at: number): string | null {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}
