import { chmodSync } from 'node:fs'
import { startDemo, type Demo } from '../../demo/server.ts'
import { findFreePorts } from '../../test/support/server-process.ts'
import { startNginx, type Nginx } from '../services/nginx.ts'
import { startPostgres, type Postgres } from '../services/postgres.ts'
import { startRedis, type RedisServer } from '../services/redis-server.ts'
import { startInstance, type Instance } from './servers.ts'

const INSTANCES = 3
/** Low enough for a busy member to reach it in a few seconds. */
export const RATE_LIMIT = 150

/** Everything that a deployment has, on this machine. */
export type Machine = {
  readonly demo: Demo
  readonly postgres: Postgres
  readonly redis: RedisServer
  readonly nginx: Nginx
  readonly instances: readonly Instance[]
  readonly env: Readonly<Record<string, string>>
  readonly stop: () => Promise<void>
}

/**
 * Starts three instances behind a proxy with a PostgreSQL and a Redis of their own.
 *
 * @param folder for everything that is written
 * @throws {Error} that says what is missing
 */
export async function startMachine(folder: string): Promise<Machine> {
  // The database's own user has to get through.
  chmodSync(folder, 0o755)
  const [postgresPort = 0, redisPort = 0, nginxPort = 0, ...ports] = await findFreePorts(
    3 + INSTANCES,
  )
  const stops: (() => Promise<unknown>)[] = []
  const stop = async () => {
    for (const each of stops.toReversed()) await each().catch(console.error)
  }
  try {
    const demo = await startDemo({ rateLimitPerMinute: Infinity })
    stops.push(() => demo.close())
    // Whoever belongs to both organizations may connect both.
    demo.database.exec("UPDATE memberships SET role = 'admin' WHERE member_id = 'mem_06'")
    const postgres = await startPostgres(folder, postgresPort)
    stops.push(postgres.stop)
    const redis = await startRedis(folder, redisPort)
    stops.push(redis.stop)
    const nginx = await startNginx(folder, nginxPort, ports)
    stops.push(nginx.stop)
    const env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      UPSTREAM_URL: demo.url,
      PUBLIC_URL: nginx.url,
      TRUST_PROXY: '1',
      RATE_LIMIT_PER_MINUTE: String(RATE_LIMIT),
    }
    const instances: Instance[] = []
    for (const port of ports) {
      const instance = await startInstance(folder, port, env)
      stops.push(instance.kill)
      instances.push(instance)
    }
    return { demo, postgres, redis, nginx, instances, env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
