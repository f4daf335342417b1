import pg from 'pg'
import { claimsOf } from '../../test/support/oauth-client.ts'
import { refreshOnce, type Chain } from './refresh-chains.ts'
import { tryEnded, type Ended } from './revocations.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** What became of connections. */
export type GrantFigures = {
  readonly chains: number
  readonly refreshes: number
  /** Chains that do not go on, or were refused on the way. */
  readonly broken: readonly string[]
  /** Grants with none or several refresh tokens that are not used. */
  readonly doubled: readonly string[]
}

/** Lets each connection go on once more, then looks for what was spent twice or never. */
export async function checkGrants(
  options: { readonly origin: string; readonly ledger: Ledger; readonly databaseUrl: string },
  chains: readonly Chain[],
  ended: readonly Ended[],
): Promise<GrantFigures> {
  const broken: string[] = []
  for (const chain of chains) {
    const outcome = await refreshOnce(options, chain)
    const why = chain.complaint ?? (outcome === 'right' ? null : outcome)
    if (why !== null) broken.push(`${chain.client.client_id} after ${chain.refreshes}: ${why}`)
  }
  for (const each of ended) await tryEnded(options, each)
  const unused = await countUnused(options.databaseUrl)
  const doubled = chains.flatMap(({ tokens }) => {
    const grant = String(claimsOf(tokens.access_token)['gid'])
    const count = unused.get(grant) ?? 0
    return count === 1 ? [] : [`${grant}: ${count} unused refresh tokens`]
  })
  const refreshes = chains.reduce((sum, chain) => sum + chain.refreshes, 0)
  return { chains: chains.length, refreshes, broken, doubled }
}

async function countUnused(databaseUrl: string): Promise<ReadonlyMap<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ grant: string; count: string }>(
      `select grant_id as grant, count(*) as count from model
       where model = 'RefreshToken' and consumed_at is null group by grant_id`,
    )
    return new Map(rows.map(({ grant, count }) => [grant, Number(count)]))
  } finally {
    await client.end()
  }
}
