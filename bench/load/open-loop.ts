import { setTimeout as sleep } from 'node:timers/promises'
import { describeReply, type LoadResult } from './closed-loop.ts'
import { openConnection, type Connection } from './connection.ts'
import type { Shot } from './shot.ts'

const SHOWN = 5

/**
 * Sends at a fixed rate, whether answers come or not, as many people do who know nothing of each
 * other. A time counts from the moment at which the request was to be sent, so that nothing is left
 * out while the server stands still.
 *
 * @param options.ratePerSecond at most a thousand, for the clock of the sender ticks in milliseconds
 */
export async function loadOpen(options: {
  readonly port: number
  readonly ratePerSecond: number
  readonly seconds: number
  readonly next: (index: number) => Shot
}): Promise<LoadResult> {
  const { port, ratePerSecond, next } = options
  const requests = Math.round(ratePerSecond * options.seconds)
  const idle: Connection[] = []
  const times: number[] = []
  const wrong: string[] = []
  const running: Promise<void>[] = []

  async function send({ request, isRight }: Shot, dueAt: number): Promise<void> {
    const connection = takeOpen(idle) ?? (await openConnection(port))
    const reply = await connection.exchange(request)
    times.push(performance.now() - dueAt)
    if (!isRight(reply) && wrong.length < SHOWN) wrong.push(describeReply(reply))
    idle.push(connection)
  }

  const startedAt = performance.now()
  for (let index = 0; index < requests; index += 1) {
    const dueAt = startedAt + (index * 1000) / ratePerSecond
    const early = dueAt - performance.now()
    if (early > 0) await sleep(early)
    running.push(send(next(index), dueAt))
  }
  await Promise.all(running)
  const seconds = (performance.now() - startedAt) / 1000
  for (const connection of idle) connection.close()
  return { seconds, requests: times.length, wrong, times }
}

/** The one that was used last, so that as few as possible are needed. */
function takeOpen(idle: Connection[]): Connection | undefined {
  let connection = idle.pop()
  while (connection?.isOpen() === false) connection = idle.pop()
  return connection
}
