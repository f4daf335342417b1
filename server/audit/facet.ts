import { hash } from 'node:crypto'
import type { AuditRow } from '../store/audit-rows.ts'

/** Of an event that was recorded before there were facets. */
export const NO_FACET = 0

/** So many bits are a number that JavaScript and both databases can say. */
const HEX_DIGITS = 13

/**
 * A number for all that an event is found by, together: type, outcome, member, client and tool. Two
 * events have the same where they agree in all of it. 52 bits of SHA-256, so that two of an
 * organization that differ have different ones.
 */
export function facetOf(
  row: Pick<AuditRow, 'type' | 'outcome' | 'memberId' | 'clientId' | 'tool'>,
): number {
  const { type, outcome, memberId, clientId, tool } = row
  const text = JSON.stringify([type, outcome, memberId, clientId, tool])
  return parseInt(hash('sha256', text).slice(0, HEX_DIGITS), 16)
}
