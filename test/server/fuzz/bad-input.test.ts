import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { openHalf } from '../../support/bad-input/half-open.ts'
import { judgeAnswer } from '../../support/bad-input/judge-answer.ts'
import type { Probe } from '../../support/bad-input/probed-server.ts'
import type { BadRequest } from '../../support/bad-input/request.ts'
import { badRequests } from '../../support/bad-input/requests.ts'
import { sendRequest } from '../../support/bad-input/send-request.ts'
import {
  startServerUnderFire,
  type ServerUnderFire,
} from '../../support/bad-input/server-under-fire.ts'
import { watchHealth } from '../../support/bad-input/watch-health.ts'

/** The one that a failure has printed, to see it again. */
const SEED = process.env['FUZZ_SEED']
/** Requests that are under way at the same time. */
const AT_ONCE = 40
const BATCHES = 85
const ROUNDS = 3
const LEAST_REQUESTS = 10_000
const HALF_OPEN = 64
const HEALTH_PAUSE_MS = 20
/** Two rounds are 6,800 requests: less than 800 bytes for each, while the state of one is some thousands. */
const MAX_GROWTH_BYTES = 5 * 1024 * 1024

describe('a server that is sent nonsense', () => {
  let fire: ServerUnderFire

  beforeAll(async () => {
    fire = await startServerUnderFire()
  })

  afterAll(() => fire.close())

  it('answers whatever deserves it, and is afterwards as it was before', async () => {
    const { server, callers } = fire
    const requests = badRequests({ host: `127.0.0.1:${server.port}`, callers })
    const before = await server.probe()
    const stopWatching = watchHealth(server.url, HEALTH_PAUSE_MS)
    const dropHalf = await openHalf(server.port, HALF_OPEN)
    const probes: Probe[] = []
    let sent = 0
    let answered = 0

    async function judge(request: BadRequest): Promise<readonly string[]> {
      const { answers, complaint } = await sendRequest(server.port, request)
      sent += 1
      answered += answers.length
      const problems = answers.flatMap((answer) => judgeAnswer(request.target, answer))
      const all = complaint === null ? problems : [complaint, ...problems]
      return all.map((problem) => `${problem}\n${JSON.stringify(request)}`)
    }

    async function checkBatch(batch: readonly BadRequest[]): Promise<void> {
      const logged = server.complaints().length
      const problems = await Promise.all(batch.map(judge))
      expect({
        problems: problems.flat(),
        complaints: server.complaints().slice(logged),
        hasEnded: server.hasEnded(),
      }).toEqual({ problems: [], complaints: [], hasEnded: false })
    }

    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const batches = fc.array(requests, { minLength: AT_ONCE, maxLength: AT_ONCE })
        await fc.assert(fc.asyncProperty(batches, checkBatch), {
          numRuns: BATCHES,
          ...(SEED !== undefined && { seed: Number(SEED) + round }),
          // A smaller batch would be another mixture; what is reported is the very request.
          endOnFailure: true,
        })
        probes.push(await server.probe())
      }
    } finally {
      await dropHalf()
    }
    const health = await stopWatching()

    const [first, , last] = probes
    const growth = Number(last?.heldBytes) - Number(first?.heldBytes)
    console.log({
      sent,
      answered,
      before,
      probes,
      growth,
      health: Math.max(...health.times),
      n: health.times.length,
    })
    expect(sent).toBeGreaterThanOrEqual(LEAST_REQUESTS)
    expect(answered).toBeGreaterThan(sent / 2)
    expect(server.complaints()).toEqual([])
    expect(health.failures).toEqual([])
    expect(health.times.length).toBeGreaterThan(0)
    expect(growth).toBeLessThan(MAX_GROWTH_BYTES)
    await untilQuiet(before.sockets)
  }, 240_000)

  /** Connections are closed by those who keep them for the next request, too: both wait some seconds. */
  async function untilQuiet(sockets: number): Promise<void> {
    let open = Infinity
    while (open > sockets) ({ sockets: open } = await fire.server.probe())
  }
})
