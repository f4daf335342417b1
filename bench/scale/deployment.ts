import { chmodSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bearer, connect } from '../../test/support/oauth-client.ts'
import {
  findFreePorts,
  startServerProcess,
  type ServerProcess,
} from '../../test/support/server-process.ts'
import { connectMembers, type ConnectedMember } from '../callers/members.ts'
import { startNginx, type Nginx } from '../services/nginx.ts'
import { startPostgres, type Postgres } from '../services/postgres.ts'
import { startRedis, type RedisServer } from '../services/redis-server.ts'
import { createPeople, toCredential, toEmail } from './person.ts'
import { startUpstream, type UpstreamProcess } from './start-upstream.ts'

/** What a process is started with where one member may be the whole load. */
export const NO_LIMIT = { RATE_LIMIT_PER_MINUTE: '1000000' } as const

/** Everything that a deployment has, on this machine, each part with processes of its own. */
export type Deployment = {
  readonly upstream: UpstreamProcess
  readonly postgres: Postgres
  readonly redis: RedisServer
  /**
   * Starts another process of the connector.
   *
   * @param env beside what all have in common
   * @param folder of another copy of the project
   */
  readonly startServer: (
    env?: Readonly<Record<string, string>>,
    folder?: string,
  ) => Promise<ServerProcess>
  /** Starts a proxy that hands requests to some of them in turn. */
  readonly startProxy: (servers: readonly ServerProcess[]) => Promise<Nginx>
  /** Connects so many members, of so many organizations. */
  readonly connect: (members: number, organizations: number) => Promise<readonly ConnectedMember[]>
  /** The headers of somebody's requests, whichever process they are sent to. */
  readonly headersOf: (member: ConnectedMember) => Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

/**
 * Starts the parts that all processes share, and no process yet.
 *
 * @param limit calls of one member in a minute
 * @throws {Error} that says what is missing
 */
export async function startDeployment(limit: number): Promise<Deployment> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-scale-'))
  // The database's own user has to get through.
  chmodSync(folder, 0o755)
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true })]
  const stop = async () => {
    for (const each of stops.splice(0).toReversed()) await each()
  }
  try {
    const [postgresPort = 0, redisPort = 0, publicPort = 0] = await findFreePorts(3)
    const upstream = await startUpstream(folder)
    stops.push(upstream.stop)
    const postgres = await startPostgres(folder, postgresPort)
    stops.push(postgres.stop)
    const redis = await startRedis(folder, redisPort)
    stops.push(redis.stop)
    const publicUrl = `http://127.0.0.1:${publicPort}`
    const common = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      UPSTREAM_URL: upstream.url,
      PUBLIC_URL: publicUrl,
      TRUST_PROXY: '1',
      RATE_LIMIT_PER_MINUTE: String(limit),
      MAX_RESULT_CHARS: '10000000',
    }

    async function startServer(env: Readonly<Record<string, string>> = {}, copy?: string) {
      const [port = 0] = await findFreePorts(1)
      const server = await startServerProcess(port, { ...common, ...env }, copy)
      stops.push(async () => {
        if (!server.hasEnded()) await server.kill()
      })
      return server
    }

    async function startProxy(servers: readonly ServerProcess[]) {
      const [port = 0] = await findFreePorts(1)
      const proxy = await startNginx(folder, port, servers.map(portOf))
      stops.push(proxy.stop)
      return proxy
    }

    /** By the front door, at the address that clients know. */
    async function connectOne(): Promise<string> {
      const server = await startServerProcess(publicPort, common)
      try {
        const [first] = createPeople(1, 1)
        if (first === undefined) throw new Error('nobody connects')
        const { tokens } = await connect(publicUrl, { email: toEmail(first) })
        return tokens.access_token
      } finally {
        await server.stop()
      }
    }

    const example = await connectOne()
    return {
      ...{ upstream, postgres, redis, startServer, startProxy, stop },
      connect: (members, organizations) =>
        connectMembers(
          createPeople(members, organizations).map((person) => ({
            ...person,
            email: toEmail(person),
            credential: { kind: 'bearer', token: toCredential(person), refreshToken: null },
          })),
          { databaseUrl: postgres.url, example },
        ),
      headersOf: ({ token }) => ({ host: `127.0.0.1:${publicPort}`, ...bearer(token) }),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

function portOf({ url }: ServerProcess): number {
  return Number(new URL(url).port)
}
