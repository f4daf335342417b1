import { randomBytes } from 'node:crypto'
import { createClient } from '@redis/client'

/** What `REDIS_URL` takes; tests share it and keep to names of their own. */
export const TEST_REDIS_URL = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379'

/**
 * Whether Redis answers. It is required where `CI` is set, and elsewhere its tests are left out,
 * with a line that says so.
 */
export const isRedisThere = await findRedis()

/** `describe`, or `describe.skip` where there is no Redis. */
export function whereRedisIs<T extends { readonly skip: unknown }>(describe: T): T | T['skip'] {
  return isRedisThere ? describe : describe.skip
}

/** A connector's name that no other test has: its keys and channels are its own. */
export function uniqueConnectorName(): string {
  return `test-${randomBytes(8).toString('hex')}`
}

/** Sends one command of a test's own. */
export async function askRedis(...command: readonly string[]): Promise<unknown> {
  const client = createClient({ url: TEST_REDIS_URL, RESP: 2 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await client.sendCommand(command)
  } finally {
    client.destroy()
  }
}

async function findRedis(): Promise<boolean> {
  const socket = { reconnectStrategy: false, connectTimeout: 3_000 } as const
  const client = createClient({ url: TEST_REDIS_URL, RESP: 2, socket })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.sendCommand(['PING'])
    return true
  } catch (error) {
    if (process.env['CI'] !== undefined) throw error
    process.stderr.write(
      `skipped on Redis: no answer from ${new URL(TEST_REDIS_URL).host} (set "TEST_REDIS_URL")\n`,
    )
    return false
  } finally {
    client.destroy()
  }
}
