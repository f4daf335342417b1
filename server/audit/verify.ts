import type { AuditEventStore } from '../store/audit-events.ts'
import type { ChainHead } from '../store/audit-rows.ts'
import type { ChainSeal } from './chain.ts'
import { checkRow, type ChainPlace } from './check-row.ts'
import { facetOf, NO_FACET } from './facet.ts'

const PAGE = 1_000
/** Of one chain; whoever altered more than that is found by these. */
const MAX_PROBLEMS = 20
/** How often a chain is read again, because old events were removed meanwhile. */
const MAX_TRIES = 5

/** Something that was done to the record. */
export type ChainProblem = {
  /** Where in the chain; `null` for the chain as a whole. */
  readonly sequence: number | null
  readonly what: string
}

/** What was found of one chain. */
export type ChainReport = {
  /** `null` for events of no organization. */
  readonly organization: string | null
  /** How many events were checked. */
  readonly events: number
  /** What is kept: removed because of their age are those before `first`. */
  readonly first: number
  readonly last: number
  readonly problems: readonly ChainProblem[]
}

type Reading = Pick<AuditEventStore, 'findHead' | 'readChain' | 'listFacets'>

/**
 * Checks that a chain is as it was recorded: nothing removed, altered, inserted or moved, at neither
 * end. Events may be added, and old ones removed because of their age, meanwhile.
 */
export async function verifyChain(
  store: Reading,
  seal: ChainSeal,
  organizationId: string,
): Promise<ChainReport> {
  for (let tries = 1; ; tries += 1) {
    const head = await store.findHead(organizationId)
    const report = await readWhole(store, seal, organizationId, head)
    if (report.problems.length === 0 || tries === MAX_TRIES) return report
    const after = await store.findHead(organizationId)
    if (after?.prunedSequence === head?.prunedSequence) return report
  }
}

/** Checks that no chain is gone as a whole. @returns what is wrong; `null` for nothing */
export async function verifyChainCount(
  store: Pick<AuditEventStore, 'countChains'>,
  seal: ChainSeal,
): Promise<string | null> {
  const { heads, count } = await store.countChains()
  if (count === null) return heads === 0 ? null : 'the count of chains was removed'
  if (!seal.isCount(count)) return 'the count of chains was altered'
  if (count.chains === heads) return null
  return `${count.chains} chains were begun, and ${heads} are there`
}

async function readWhole(
  store: Reading,
  seal: ChainSeal,
  organizationId: string,
  head: ChainHead | null,
): Promise<ChainReport> {
  const problems: ChainProblem[] = []
  const add = (sequence: number | null, what: string) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ sequence, what })
  }
  const start = { sequence: head?.prunedSequence ?? 0, hash: head?.prunedHash ?? '' }
  if (head === null) add(null, 'the end of the chain was removed')
  else if (!seal.isHead(head)) add(null, 'the end of the chain was altered: its seal is wrong')
  const [oldest] = await store.readChain(organizationId, Number.MIN_SAFE_INTEGER, 1)
  if (oldest !== undefined && oldest.sequence <= start.sequence) {
    add(oldest.sequence, 'inserted before the start of the chain')
  }
  const upTo = head?.sequence ?? Number.MAX_SAFE_INTEGER
  const { end, events, facets } = await readPages(store, organizationId, { start, upTo, add })
  if (head !== null) await checkEnd(store, head, end, add)
  const lost = await countLost(store, organizationId, facets)
  if (lost > 0) add(null, `${lost} of ${facets.size} entries that events are found by were altered`)
  return {
    organization: organizationId === '' ? null : organizationId,
    ...{ events, first: start.sequence + 1, last: end.sequence, problems },
  }
}

async function readPages(
  store: Reading,
  organizationId: string,
  options: {
    readonly start: ChainPlace
    readonly upTo: number
    readonly add: (sequence: number, what: string) => void
  },
): Promise<{
  readonly end: ChainPlace
  readonly events: number
  readonly facets: ReadonlySet<number>
}> {
  const { start, upTo, add } = options
  const facets = new Set<number>()
  let end = start
  let events = 0
  for (;;) {
    const page = await store.readChain(organizationId, end.sequence, PAGE)
    const rows = page.filter(({ sequence }) => sequence <= upTo)
    for (const row of rows) {
      events += 1
      if (row.facet !== NO_FACET) facets.add(row.facet)
      const next = end.sequence + 1
      if (row.sequence > next) {
        add(next, `removed, up to ${row.sequence - 1}`)
        const alone = checkRow(row, { sequence: row.sequence - 1, hash: linkOf(row.body) })
        if (alone !== null) add(row.sequence, alone)
      } else {
        const what = checkRow(row, end)
        if (what !== null) add(row.sequence, what)
      }
      end = row
    }
    if (rows.length < PAGE) return { end, events, facets }
  }
}

/** How many facets of events are not noted as they are: a search would miss those events. */
async function countLost(
  store: Reading,
  organizationId: string,
  facets: ReadonlySet<number>,
): Promise<number> {
  const noted = await store.listFacets(organizationId)
  const right = noted.filter((each) => facetOf(each) === each.facet)
  return facets.difference(new Set(right.map(({ facet }) => facet))).size
}

/** Behind a gap, an event is compared with what it says of itself only. */
function linkOf(body: string): string {
  return /"previousHash":"([0-9a-f]{64})"/.exec(body)?.[1] ?? ''
}

async function checkEnd(
  store: Reading,
  head: ChainHead,
  end: ChainPlace,
  add: (sequence: number, what: string) => void,
): Promise<void> {
  if (end.sequence < head.sequence) {
    add(end.sequence + 1, `removed, up to the end of the chain at ${head.sequence}`)
  } else if (end.hash !== head.hash) {
    add(end.sequence, 'altered: it is not the event that the chain ended with')
  }
  const [behind] = await store.readChain(head.organizationId, head.sequence, 1)
  if (behind === undefined) return
  // Where it was added meanwhile, the end has moved with it.
  const now = await store.findHead(head.organizationId)
  if (now === null || now.sequence < behind.sequence) {
    add(behind.sequence, 'inserted behind the end of the chain')
  }
}
