import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { parseDatabaseUrl } from '../server/store/database-url.ts'

const DAY_MS = 86_400_000
/** Between two events: there are ten thousand in a day. */
export const STEP_MS = DAY_MS / 10_000
/** When the last event happened, in epoch milliseconds. */
export const END = 1_800_000_000_000

/**
 * Fills an empty database with events of one organization, of five hundred members with five clients
 * and sixteen tools: some sixteen thousand facets.
 *
 * @param options.body of every event
 */
export async function fillAudit(
  url: string,
  options: { readonly organization: string; readonly events: number; readonly body: string },
): Promise<void> {
  const { organization, events, body } = options
  await run(
    url,
    `
    insert into audit_event
      (organization_id, sequence, id, at, type, outcome, member_id, client_id, tool, facet, body, hash)
    with recursive
      number (i) as (
        select cast(1 as bigint) union all select i + 1 from number where i < ${events}
      ),
      drawn as (
        select i,
          case when i <= 10 then 900 else (i * 7919) % 500 end as member,
          (i * 104729 / 31) % 16 as tool,
          case when i % 10 = 0 then 1 when i % 997 = 0 then 2 else 0 end as type,
          case when i % 50 = 2 and (i * 7919) % 5 <> 4 then 1 else 0 end as failed
        from number
      )
    select
      '${organization}', i, '${organization}-' || i, ${END} - (${events} - i) * ${STEP_MS},
      case type when 0 then 'mcp.request' when 1 then 'token.refreshed' else 'sign-in.failed' end,
      case failed when 1 then 'failure' else 'success' end,
      case member when 900 then 'member-of-old'
        else '0199f3a2-6b1c-7d3e-9a55-00000000' || (1000 + member) end,
      case member % 5 when 4 then 'never-fails'
        else 'https://client.example/oauth/metadata-' || (member % 5) end,
      case type when 0 then 'invoices.list' || tool end,
      1 + ((member * 16 + case type when 0 then tool else 0 end) * 3 + type) * 2 + failed,
      '${body.replaceAll("'", "''")}', '${'b'.repeat(64)}'
    from drawn`,
  )
  await run(
    url,
    `
    insert into audit_facet
      (organization_id, facet, type, outcome, member_id, client_id, tool)
    select distinct organization_id, facet, type, outcome, member_id, client_id, tool
    from audit_event`,
  )
}

/** Behind the store, which gives a statement ten seconds. */
async function run(url: string, statement: string): Promise<void> {
  const location = parseDatabaseUrl(url)
  if (location.kind === 'sqlite') {
    const database = new DatabaseSync(location.path)
    database.exec(statement)
    database.close()
    return
  }
  const client = new pg.Client(location.url)
  await client.connect()
  await client.query(statement)
  await client.end()
}
