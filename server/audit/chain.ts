import { createHmac, hash as digest } from 'node:crypto'
import { isEqualSecret } from '../hash.ts'
import { deriveKey } from '../seal.ts'
import type {
  AuditRow,
  ChainCount,
  ChainHead,
  ChainsAfter,
  ChainsBefore,
} from '../store/audit-rows.ts'
import type { AuditEvent } from './event.ts'
import { toEventBody } from './event-body.ts'
import { facetOf } from './facet.ts'

/** Where a head's seal would be, in a chain that was altered: it never gets a right one again. */
const BROKEN = 'broken'

/** What seals the ends of chains; one who lacks the key can read and check, but not make them. */
export interface ChainSeal {
  /** Whether a head is as it was left here. */
  isHead(head: ChainHead): boolean
  isCount(count: ChainCount): boolean
  head(head: Omit<ChainHead, 'seal'>): ChainHead
  count(chains: number): ChainCount
}

/** @param secretKey 32 bytes; the seal's own key is derived from it */
export function createChainSeal(secretKey: Buffer): ChainSeal {
  const key = deriveKey(secretKey, 'audit-chain')
  const sign = (parts: readonly unknown[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url')
  const signHead = (head: Omit<ChainHead, 'seal'>) =>
    sign([
      'head',
      head.organizationId,
      head.sequence,
      head.hash,
      head.prunedSequence,
      head.prunedHash,
    ])
  const signCount = (chains: number) => sign(['count', chains])

  return {
    isHead: (head) => isEqualSecret(head.seal, signHead(head)),
    isCount: ({ chains, seal }) => isEqualSecret(seal, signCount(chains)),
    head: (head) => ({ ...head, seal: signHead(head) }),
    count: (chains) => ({ chains, seal: signCount(chains) }),
  }
}

/** Whose chain an event belongs to; `''` is the chain of events that belong to no organization. */
export function chainOf({ organization }: Pick<AuditEvent, 'organization'>): string {
  return organization ?? ''
}

/** The hash of a stored event: SHA-256 of its body, in hexadecimal. */
export function hashBody(body: string): string {
  return digest('sha256', body)
}

/** A stored event as one line of JSON, as it is exported: its body and its hash. */
export function toSealedJson({ body, hash }: Pick<AuditRow, 'body' | 'hash'>): string {
  return `${body.slice(0, -1)},"hash":"${hash}"}`
}

/**
 * Puts new events at the ends of their chains.
 *
 * A chain whose head is not as it was left, or that has events behind it, goes on, for no event may
 * be lost; but its head is never sealed again, so that nobody gets a forged chain sealed by waiting
 * for the next event.
 *
 * @param events all different, in the order in which they happened
 * @param onBroken is told the organization of each such chain
 */
export function extendChains(
  { heads, last, stored }: ChainsBefore,
  options: {
    readonly events: readonly AuditEvent[]
    readonly seal: ChainSeal
    readonly onBroken: (organizationId: string) => void
  },
): ChainsAfter {
  const { events, seal, onBroken } = options
  const known = new Set(stored.map(({ id }) => id))
  const fresh = Map.groupBy(
    events.filter(({ id }) => !known.has(id)),
    chainOf,
  )
  const rows: AuditRow[] = []
  const after: ChainHead[] = []
  for (const head of heads) {
    const own = fresh.get(head.organizationId) ?? []
    if (own.length === 0) continue
    const end = last.find(({ organizationId }) => organizationId === head.organizationId)
    const isBroken = !isIntact(head, end?.sequence ?? 0, seal)
    if (isBroken) onBroken(head.organizationId)
    let { sequence, hash } = end !== undefined && end.sequence > head.sequence ? end : head
    for (const event of own) {
      const row = toRow(event, sequence + 1, hash)
      rows.push(row)
      ;({ sequence, hash } = row)
    }
    const next = { ...head, sequence, hash }
    after.push(isBroken ? { ...next, seal: BROKEN } : seal.head(next))
  }
  return { rows, heads: after }
}

/** Counts new chains; a count that was altered goes on, too, and is not sealed again. */
export function countChains(before: ChainCount | null, added: number, seal: ChainSeal): ChainCount {
  const count = seal.count((before?.chains ?? 0) + added)
  return before === null || seal.isCount(before) ? count : { ...count, seal: BROKEN }
}

/** What a head says of itself, and that nothing was put behind it. */
function isIntact(head: ChainHead, lastSequence: number, seal: ChainSeal): boolean {
  const isFirst = head.seal === '' && head.sequence === 0 && lastSequence === 0
  return isFirst || (seal.isHead(head) && lastSequence <= head.sequence)
}

function toRow(event: AuditEvent, sequence: number, previousHash: string): AuditRow {
  const { id, time: at, type, outcome, member: memberId, clientId, tool } = event
  const facet = facetOf({ type, outcome, memberId, clientId, tool })
  const body = toEventBody(event, { sequence, previousHash })
  return {
    organizationId: chainOf(event),
    sequence,
    id,
    at,
    type,
    outcome,
    memberId,
    clientId,
    tool,
    facet,
    body,
    hash: hashBody(body),
  }
}
