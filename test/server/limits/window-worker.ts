import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { createFallbackWindow } from '../../../server/limits/fallback-window.ts'
import { createLog } from '../../../server/log.ts'
import { openRedis } from '../../../server/redis.ts'
import { Secret } from '../../../server/secret.ts'
import { TEST_REDIS_URL } from '../../support/redis.ts'

/** How a worker hammers at one window; the clock is the machine's, which all workers share. */
const orderSchema = z.object({
  connectorName: z.string(),
  windowMs: z.number(),
  limit: z.number(),
  /** From when it is told to go. */
  runMs: z.number(),
})

export type Order = z.output<typeof orderSchema>

/** After a refusal: others' tests need the machine, too. */
const PAUSE_MS = 5

process.on('disconnect', () => process.exit())
process.once('message', (message) => void work(orderSchema.parse(message)))
process.send?.('ready')

/** Reports when each of its tries was let through, with the moments before and after the try. */
async function work(order: Order): Promise<void> {
  const { connectorName, windowMs, limit, runMs } = order
  const log = createLog({ level: 'silent' })
  const redis = openRedis({
    ...{ url: new Secret(TEST_REDIS_URL), connectorName, log },
    answerMs: 10_000,
  })
  while (!redis.isReady()) await sleep(5)
  const window = createFallbackWindow({ redis, windowMs, now: () => performance.now(), log })
  const told = Promise.withResolvers<unknown>()
  process.once('message', told.resolve)
  process.send?.('ready')
  await told.promise
  const now = () => performance.timeOrigin + performance.now()
  const end = now() + runMs
  const allowed: [before: number, after: number][] = []
  while (now() < end) {
    const before = now()
    const { isAllowed } = await window.take('key', 1, limit)
    if (isAllowed) allowed.push([before, now()])
    else await sleep(PAUSE_MS)
  }
  process.send?.({ allowed, fallbacks: window.status().fallbacks })
  await redis.close()
}
