import { CompiledQuery, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type {
  DatabaseConnection,
  DatabaseIntrospector,
  Dialect,
  Driver,
  Kysely,
  QueryResult,
} from 'kysely'
import pg from 'pg'
import { AppError } from '../errors.ts'
import { replaceNul } from './nul.ts'

const MAX_CONNECTIONS = 10
const MAX_READER_CONNECTIONS = 2
/** For a new connection, and for a free one where all are in use. */
const CONNECT_TIMEOUT_MS = 10_000
/** After which the server gives a statement up, or a transaction that nobody goes on with. */
const STATEMENT_TIMEOUT_MS = 10_000
/** Longer than the server's own, whose answer says more. */
const SILENCE_TIMEOUT_MS = 15_000
const INT8 = 20

/**
 * PostgreSQL behind a pool of ten connections.
 *
 * A lost connection fails the query that ran on it and nothing else, with `store_unavailable`; the
 * next one opens another.
 *
 * @param url `postgres://…`, with any option that `pg` reads from a URL
 * @param silenceTimeoutMs after which a server that says nothing at all is given up
 */
export function createPostgresDialect(
  url: string,
  silenceTimeoutMs: number = SILENCE_TIMEOUT_MS,
): Dialect {
  const pool = () => createPool(url, { max: MAX_CONNECTIONS, silenceTimeoutMs })
  return toDialect(() => createPostgresDriver(pool(), toText))
}

/**
 * PostgreSQL behind two connections more, for the few queries that run on nearly every call: they
 * wait for no others, and the server prepares each of them once for a connection.
 *
 * @param url as of `createPostgresDialect`
 */
export function createPostgresReader(url: string): Dialect {
  const options = { max: MAX_READER_CONNECTIONS, silenceTimeoutMs: SILENCE_TIMEOUT_MS }
  return toDialect(() => createPostgresDriver(createPool(url, options), toPrepared))
}

function toDialect(createDriver: () => Driver): Dialect {
  return {
    createDriver,
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new NulFreeQueryCompiler(),
    createIntrospector: (db: Kysely<unknown>): DatabaseIntrospector => new PostgresIntrospector(db),
  }
}

/** How a query is sent: as it is, or under a name by which the server finds it prepared. */
type ToQuery = (query: CompiledQuery) => pg.QueryConfig<unknown[]>

const toText: ToQuery = ({ sql, parameters }) => ({ text: sql, values: [...parameters] })
const toPrepared: ToQuery = (query) => ({ ...toText(query), name: query.queryId.queryId })

function createPool(
  url: string,
  { max, silenceTimeoutMs }: { readonly max: number; readonly silenceTimeoutMs: number },
): pg.Pool {
  // Times and counts are far below 2^53, so that a number holds every int8 of ours.
  const types = new pg.TypeOverrides()
  types.setTypeParser(INT8, Number)
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: silenceTimeoutMs,
    keepAlive: true,
    types,
  })
  // Without listeners, the loss of a connection that runs no query would end the process. There is
  // nothing to do: the pool forgets an idle one by itself, and a query on a lost one fails.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

function createPostgresDriver(pool: pg.Pool, toQuery: ToQuery): Driver {
  const clients = new WeakMap<DatabaseConnection, pg.PoolClient>()
  const broken = new WeakSet<DatabaseConnection>()

  async function acquireConnection(): Promise<DatabaseConnection> {
    const client = await pool.connect().catch((error: unknown) => {
      throw away(error)
    })
    const connection: DatabaseConnection = {
      async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
        try {
          const result = await client.query<Row & pg.QueryResultRow>(toQuery(query))
          return { rows: result.rows, numAffectedRows: BigInt(result.rowCount ?? 0) }
        } catch (error) {
          if (isUsableAfter(error)) throw error
          broken.add(connection)
          throw away(error)
        }
      },
      streamQuery() {
        throw new Error('streamed queries are not supported')
      },
    }
    clients.set(connection, client)
    return connection
  }

  return {
    init: () => Promise.resolve(),
    acquireConnection,
    async beginTransaction(connection) {
      await connection.executeQuery(CompiledQuery.raw('begin'))
    },
    async commitTransaction(connection) {
      await connection.executeQuery(CompiledQuery.raw('commit'))
    },
    async rollbackTransaction(connection) {
      // A connection that is about to be closed takes its transaction along.
      if (!broken.has(connection)) await connection.executeQuery(CompiledQuery.raw('rollback'))
    },
    releaseConnection(connection) {
      clients.get(connection)?.release(broken.has(connection))
      return Promise.resolve()
    },
    destroy: () => pool.end(),
  }
}

/** Server errors after which the server closes the connection: shutdown, time-outs, lost links. */
const FATAL_CODES = /^(?:57P|25P03|08)/

/**
 * Tells whether a connection can serve another query; not after silence, for an answer that comes
 * late would reach the wrong one.
 */
function isUsableAfter(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !FATAL_CODES.test(error.code ?? '')
}

/** Callers are told to come back: that the database went away is nobody's mistake. */
function away(cause: unknown): AppError {
  const detail = cause instanceof Error ? cause.message : String(cause)
  return new AppError('store_unavailable', { detail, cause })
}

class NulFreeQueryCompiler extends PostgresQueryCompiler {
  protected override appendValue(parameter: unknown): void {
    super.appendValue(replaceNul(parameter))
  }
}
