import type { AuditFacet, AuditRow, ChainHead } from './audit-rows.ts'

/** How many are remembered; in a hundred bytes or so each. */
const MAX_KNOWN = 20_000

/** The facets that a process knows to be stored, so that it does not write them with every event. */
export interface KnownFacets {
  /** The facets of new events that may have to be stored, each once. */
  findNew(heads: readonly ChainHead[], rows: readonly AuditRow[]): readonly AuditFacet[]
  /** Knows facets from now on, as the transaction that stored them has ended well. */
  remember(heads: readonly ChainHead[], facets: readonly AuditFacet[]): void
}

/**
 * Knows nothing at first. Whoever removes events removes facets, too, and moves the place where the
 * chain begins: what was known of a chain that begins elsewhere is forgotten. So it is exact, as long
 * as heads are those that are locked.
 */
export function createKnownFacets(): KnownFacets {
  const chains = new Map<string, { readonly begin: number; readonly facets: Set<number> }>()
  let size = 0

  function facetsOf({ organizationId, prunedSequence }: ChainHead): Set<number> {
    const known = chains.get(organizationId)
    if (known?.begin === prunedSequence) return known.facets
    size -= known?.facets.size ?? 0
    const facets = new Set<number>()
    chains.set(organizationId, { begin: prunedSequence, facets })
    return facets
  }

  return {
    findNew(heads, rows) {
      const known = new Map(heads.map((head) => [head.organizationId, facetsOf(head)]))
      const found = new Map<string, AuditFacet>()
      for (const row of rows) {
        const { organizationId, facet } = row
        if (known.get(organizationId)?.has(facet) === true) continue
        found.set(`${facet} ${organizationId}`, toFacet(row))
      }
      return [...found.values()]
    },
    remember(heads, facets) {
      if (size + facets.length > MAX_KNOWN) {
        chains.clear()
        size = 0
      }
      const known = new Map(heads.map((head) => [head.organizationId, facetsOf(head)]))
      for (const { organizationId, facet } of facets) known.get(organizationId)?.add(facet)
      size += facets.length
    },
  }
}

function toFacet(row: AuditRow): AuditFacet {
  const { organizationId, facet, type, outcome, memberId, clientId, tool } = row
  return { organizationId, facet, type, outcome, memberId, clientId, tool }
}
