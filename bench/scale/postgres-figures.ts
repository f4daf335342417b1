import pg from 'pg'

/** Counts the connections that somebody else has to a database. */
export function countConnections(databaseUrl: string): Promise<number> {
  return readCount(
    databaseUrl,
    `select count(*) as count from pg_stat_activity
     where backend_type = 'client backend' and pid <> pg_backend_pid()`,
  )
}

/** Counts the JSON-RPC messages that are on record. */
export function countRecorded(databaseUrl: string): Promise<number> {
  return readCount(
    databaseUrl,
    `select count(*) as count from audit_event where type = 'mcp.request'`,
  )
}

async function readCount(databaseUrl: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ count: string }>(statement)
    return Number(rows[0]?.count)
  } finally {
    await client.end()
  }
}
