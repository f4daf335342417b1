import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../demo/seed/random.ts'
import type { Machine } from './machine.ts'
import type { Switching } from './switching.ts'

/** Between two kills. */
const KILL_EVERY_MS = 4_000
const DOWN_MS = 700

/** A stretch of time, in milliseconds since the epoch. */
export type Stretch = { readonly what: string; readonly from: number; readonly until: number }

/** What was done to the deployment, and how long each took. */
export type Disturbances = {
  readonly kills: readonly Stretch[]
  readonly redis: readonly Stretch[]
  readonly postgres: readonly Stretch[]
}

/**
 * Kills an instance every few seconds; switches an organization off and on in the first half, while
 * Redis is there; and in the second half takes Redis away, stalls it, and restarts PostgreSQL as an
 * operator would and as a crash would. Both halves can be told apart in the figures.
 *
 * @param durationMs of all, at least 20 seconds for all of it to have room
 */
export async function disturb(
  machine: Machine,
  switching: Switching,
  options: { readonly random: Random; readonly durationMs: number },
): Promise<Disturbances> {
  const { random, durationMs } = options
  const { postgres, redis, instances } = machine
  const startedAt = Date.now()
  const done: {
    readonly kills: Stretch[]
    readonly redis: Stretch[]
    readonly postgres: Stretch[]
  } = { kills: [], redis: [], postgres: [] }
  const until = (share: number) => sleep(Math.max(0, startedAt + share * durationMs - Date.now()))

  async function timed(list: Stretch[], what: string, action: () => Promise<void>): Promise<void> {
    const from = Date.now()
    await action()
    list.push({ what, from, until: Date.now() })
  }

  async function killOn(): Promise<void> {
    while (Date.now() < startedAt + 0.95 * durationMs) {
      await sleep(KILL_EVERY_MS)
      const instance = random.pick(instances)
      await timed(done.kills, 'kill -9', async () => {
        await instance.kill()
        await sleep(random.integer(0, DOWN_MS))
        await instance.start()
      })
    }
  }

  async function switchOnce(): Promise<void> {
    await until(0.1)
    await switching.turnOff()
    await until(0.35)
    await switching.turnOn()
  }

  async function disturbStores(): Promise<void> {
    await until(0.5)
    await timed(done.redis, 'stop', async () => {
      await redis.stop()
      await until(0.6)
      await redis.start()
    })
    await timed(done.postgres, 'restart, fast', () => postgres.restart('fast'))
    await until(0.7)
    await timed(done.redis, 'stall', async () => {
      redis.stall()
      await until(0.75)
      redis.wake()
    })
    await until(0.8)
    await timed(done.postgres, 'restart, immediate', () => postgres.restart('immediate'))
    await until(1)
  }

  await Promise.all([killOn(), switchOnce(), disturbStores()])
  return done
}
