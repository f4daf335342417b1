import type { Scrape } from '../../test/support/scrape.ts'
import type { Entry } from '../ledger/ledger.ts'
import type { Verdict } from '../ledger/report.ts'

/** Whom nobody knows is not answered, and on record as that. */
const REFUSED = ['nobody', 'impostor']
const EVENT_TYPES = ['mcp.request', 'authentication.failed'] as const

/** The event that a request of a kind leaves for each of its messages. */
export function eventTypeOf(kind: string): (typeof EVENT_TYPES)[number] {
  return REFUSED.includes(kind) ? 'authentication.failed' : 'mcp.request'
}

/**
 * Compares what was answered with what the server counted and what is on record. A client that left
 * does not know whether its request arrived.
 */
export function judgeCounts(
  entries: readonly Entry[],
  figures: Scrape,
  storedEvents: number,
): Verdict {
  const left = entries.filter(({ outcome }) => outcome === 'no answer').length
  const requests = figures.sum('sluice_http_requests_total', { route: '/mcp' })
  const recorded = figures.sum('sluice_audit_events_total')
  const ofMessages = EVENT_TYPES.reduce(
    (sum, type) => sum + figures.sum('sluice_audit_events_total', { type }),
    0,
  )
  const messages = figures.sum('sluice_rpc_requests_total')
  return {
    what: 'figures, audit and clients agree',
    figure: `${requests} requests, ${messages} messages, ${ofMessages} events of them, ${left} clients left`,
    violations: [
      ...(requests <= entries.length && requests >= entries.length - left
        ? []
        : [`${requests} requests were counted, and ${entries.length} sent`]),
      ...(ofMessages === messages ? [] : [`${messages} messages, but ${ofMessages} events`]),
      ...(storedEvents === recorded ? [] : [`${storedEvents} events stored, ${recorded} counted`]),
    ],
  }
}
