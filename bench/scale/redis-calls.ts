import { createClient } from '@redis/client'
import type { RedisServer } from '../services/redis-server.ts'

/** Counts how often clients have asked Redis for a window since it began: each is one round trip. */
export async function readRedisCalls({ url }: RedisServer): Promise<number> {
  const client = createClient({ url })
  await client.connect()
  try {
    const text = await client.info('commandstats')
    return Number(/^cmdstat_evalsha:calls=(\d+)/m.exec(text)?.[1] ?? 0)
  } finally {
    await client.close()
  }
}
