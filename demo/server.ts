import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { DatabaseSync } from 'node:sqlite'
import { BASE_PATH, createApp } from './app.ts'
import { openDatabase } from './database/open.ts'
import { createAuthentication } from './http/authentication.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { createSessions } from './http/sessions.ts'

const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost']

/** How to start the demo; every option has a default. */
export type DemoOptions = {
  /** Default 0: any free port. */
  readonly port?: number
  /** A loopback address, because the demo's passwords are public. Default `127.0.0.1`. */
  readonly host?: string
  /** A SQLite file that keeps changes over restarts. Default: in memory. */
  readonly file?: string
  /** Per credential. Default 600; `Infinity` for no limit. */
  readonly rateLimitPerMinute?: number
  /** How long a session's token lives. Default one hour. */
  readonly sessionTtlSeconds?: number
  /** How long a refresh token lives. Default thirty days. */
  readonly refreshTtlSeconds?: number
  /** The clock for sessions and rate limits, in milliseconds; the data has its own fixed day. */
  readonly now?: () => number
  /** Is told what went wrong unexpectedly. Default: nobody. */
  readonly log?: (line: string) => void
}

/** A running demo. */
export type Demo = {
  /** The documented server, base path included. */
  readonly url: string
  readonly port: number
  /** The demo's own data, for tests that compare. */
  readonly database: DatabaseSync
  close(): Promise<void>
}

/**
 * Starts the demo upstream with its seeded data.
 *
 * @throws {Error} for a host that is not loopback, and when the port is taken
 */
export async function startDemo({
  port = 0,
  host = '127.0.0.1',
  file = ':memory:',
  rateLimitPerMinute = 600,
  sessionTtlSeconds = 3_600,
  refreshTtlSeconds = 2_592_000,
  now = Date.now,
  log = () => undefined,
}: DemoOptions = {}): Promise<Demo> {
  if (!LOOPBACK_HOSTS.includes(host)) {
    throw new Error(`"host": the demo only listens on ${LOOPBACK_HOSTS.join(', ')}, not on ${host}`)
  }
  const database = openDatabase(file)
  const sessions = createSessions({
    database,
    now,
    tokenTtlSeconds: sessionTtlSeconds,
    refreshTtlSeconds,
  })
  const authenticate = createAuthentication(database, sessions)
  const checkRate = createRateLimit(rateLimitPerMinute, now)
  const app = createApp({ database, sessions, authenticate, checkRate }, log)
  const handle = app.callback()
  const server = createServer((request, response) => void handle(request, response))
  const boundPort = await listen(server, port, host).catch((error: unknown) => {
    database.close()
    throw error
  })
  const shownHost = host === '::1' ? '[::1]' : host

  return {
    url: `http://${shownHost}:${boundPort}${BASE_PATH}`,
    port: boundPort,
    database,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
      database.close()
    },
  }
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the demo has no port')
  return address.port
}
