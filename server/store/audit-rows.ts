/** An event as it is stored. The columns beside `body` repeat it, to be found by. */
export type AuditRow = {
  /** Whose chain it is in; `''` for events of no organization. */
  readonly organizationId: string
  /** 1, 2, 3 … in its chain. */
  readonly sequence: number
  readonly id: string
  /** When it happened, in epoch milliseconds. */
  readonly at: number
  readonly type: string
  readonly outcome: string
  readonly memberId: string | null
  readonly clientId: string | null
  readonly tool: string | null
  /** The number of type, outcome, member, client and tool together; 0 where it was not counted yet. */
  readonly facet: number
  /** The event with its place in the chain, exactly as it was hashed. */
  readonly body: string
  readonly hash: string
}

/** What events are found by, once for all of an organization's that have it. */
export type AuditFacet = Pick<
  AuditRow,
  'organizationId' | 'facet' | 'type' | 'outcome' | 'memberId' | 'clientId' | 'tool'
>

/** Where a chain ends, and where what is kept of it begins. */
export type ChainHead = {
  readonly organizationId: string
  /** Of the last event; 0 for a chain that has none yet. */
  readonly sequence: number
  readonly hash: string
  /** Of the last event that was removed because of its age; 0 where none was. */
  readonly prunedSequence: number
  readonly prunedHash: string
  /** Over all of the above; `''` for a head that was made a moment ago. */
  readonly seal: string
}

/** How many chains there are, under a seal: so that one that is gone as a whole is missed. */
export type ChainCount = { readonly chains: number; readonly seal: string }

/** What is there of chains that are about to be extended, while nobody else can extend them. */
export type ChainsBefore = {
  readonly heads: readonly ChainHead[]
  /** The last stored event of each chain that has any. */
  readonly last: readonly Pick<AuditRow, 'organizationId' | 'sequence' | 'hash'>[]
  /** Those of the new events that are stored already, from an earlier try. */
  readonly stored: readonly AuditRow[]
}

/** What becomes of them. */
export type ChainsAfter = {
  readonly rows: readonly AuditRow[]
  readonly heads: readonly ChainHead[]
}

/** Of the hash before a chain's first event: it is the hash of nothing. */
export const NO_HASH = '0'.repeat(64)
