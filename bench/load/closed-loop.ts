import { openConnection } from './connection.ts'
import type { Shot } from './shot.ts'

/** What became of a load. */
export type LoadResult = {
  readonly seconds: number
  readonly requests: number
  /** The first wrong answers, in words. */
  readonly wrong: readonly string[]
  /** Milliseconds until the answer, of each request. */
  readonly times: readonly number[]
}

const SHOWN = 5

/** Keeps a number of connections busy: each sends its next request when its answer has come. */
export async function loadClosed(options: {
  readonly port: number
  readonly connections: number
  readonly requests: number
  readonly next: (index: number) => Shot
}): Promise<LoadResult> {
  const { port, requests, next } = options
  const connections = await Promise.all(
    Array.from({ length: options.connections }, () => openConnection(port)),
  )
  const times: number[] = []
  const wrong: string[] = []
  let sent = 0
  const startedAt = performance.now()
  await Promise.all(
    connections.map(async (connection) => {
      while (sent < requests) {
        const { request, isRight } = next(sent)
        sent += 1
        const sentAt = performance.now()
        const reply = await connection.exchange(request)
        times.push(performance.now() - sentAt)
        if (!isRight(reply) && wrong.length < SHOWN) wrong.push(describeReply(reply))
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  for (const connection of connections) connection.close()
  return { seconds, requests: times.length, wrong, times }
}

/** Shows the beginning of an answer. */
export function describeReply({
  status,
  body,
}: {
  readonly status: number
  readonly body: Buffer
}) {
  return `${status} ${body.toString('utf8', 0, 200)}`
}
