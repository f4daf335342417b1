import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { uniqueConnectorName, whereRedisIs } from '../../support/redis.ts'
import type { Order } from './window-worker.ts'

const PROCESSES = 8
const WINDOW_MS = 1_500
const LIMIT = 60
/** Several windows. */
const RUN_MS = 6_000

const reportSchema = z.object({
  allowed: z.array(z.tuple([z.number(), z.number()])),
  fallbacks: z.number(),
})

whereRedisIs(describe)('eight processes that share a window in Redis', () => {
  it('never let through more than the limit in any window together, and no less under load', async () => {
    const children = Array.from({ length: PROCESSES }, () =>
      fork(join(import.meta.dirname, 'window-worker.ts'), { execArgv: [] }),
    )
    const connectorName = uniqueConnectorName()
    const order: Order = { connectorName, windowMs: WINDOW_MS, limit: LIMIT, runMs: RUN_MS }
    await Promise.all(
      children.map(async (child) => {
        await once(child, 'message')
        child.send(order)
        await once(child, 'message')
      }),
    )

    const reports = await Promise.all(
      children.map(async (child) => {
        const reported = once(child, 'message')
        child.send('go')
        const report = reportSchema.parse((await reported)[0])
        child.disconnect()
        return report
      }),
    )

    const takes = reports.flatMap(({ allowed }) => allowed).sort(([one], [other]) => one - other)
    // Redis took at some moment between the two: these are certainly within one window.
    const most = takes.map(
      ([first]) =>
        takes.filter(([before, after]) => before >= first && after < first + WINDOW_MS).length,
    )
    expect(reports.map(({ fallbacks }) => fallbacks)).toEqual(reports.map(() => 0))
    expect(Math.max(...most)).toBeLessThanOrEqual(LIMIT)
    // A first window is taken at once, and each later one as the one before it leaves.
    const windows = Math.floor(RUN_MS / WINDOW_MS)
    expect(takes.length).toBeGreaterThanOrEqual(LIMIT * (windows - 1))
    expect(takes.length).toBeLessThanOrEqual(LIMIT * (windows + 1))
    expect(reports.filter(({ allowed }) => allowed.length > 0).length).toBeGreaterThan(1)
  }, 120_000)
})
