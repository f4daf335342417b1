import type { Secret } from '../secret.ts'
import { createLog } from '../log.ts'
import { publishNotice } from '../switches/notices.ts'

/**
 * Tells running servers by Redis that something has changed.
 *
 * @returns whether they were told; otherwise they notice by themselves, within two seconds
 */
export async function announce(options: {
  readonly redisUrl: Secret
  readonly connectorName: string
}): Promise<boolean> {
  const { redisUrl: url, connectorName } = options
  const { openRedis } = await import('../redis.ts')
  const redis = openRedis({ url, connectorName, log: createLog({ level: 'silent' }) })
  try {
    const connected = Promise.withResolvers<boolean>()
    redis.onChange(connected.resolve)
    if (!(await connected.promise)) return false
    await publishNotice(redis)
    return true
  } catch {
    // Whatever it was, the change itself is in the store.
    return false
  } finally {
    await redis.close()
  }
}
