import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createFairQueue, type QueueLimits } from '../../../server/upstream/fair-queue.ts'
import { errorOf } from './call.ts'

const LIMITS: QueueLimits = {
  running: 4,
  runningPerLane: 2,
  waitingPerLane: 3,
  waiting: 5,
  waitingAtMost: 7,
}

const STAYS = new AbortController().signal

/** A queue, and the order in which its turns began. */
function open(limits: QueueLimits = LIMITS) {
  const queue = createFairQueue(limits)
  const began: string[] = []
  const ends: (() => void)[] = []
  const enter = async (lane: string, signal: AbortSignal = STAYS) => {
    const end = await queue.enter(lane, signal)
    began.push(lane)
    ends.push(end)
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    queue,
    began,
    settle,
    /** Enters without waiting for the turn. */
    ask: (lane: string, signal?: AbortSignal) => void enter(lane, signal).catch(() => undefined),
    enter,
    endFirst: async () => {
      ends.shift()?.()
      await settle()
    },
  }
}

describe('createFairQueue', () => {
  it('runs no more of one lane than it may have', async () => {
    const { ask, began, settle } = open()

    for (const lane of ['a', 'a', 'a', 'b', 'b', 'b']) ask(lane)
    await settle()

    expect(began).toEqual(['a', 'a', 'b', 'b'])
  })

  it('lets the lanes take turns, however much one of them has heaped up', async () => {
    const { ask, began, endFirst, settle } = open({
      ...LIMITS,
      running: 1,
      waitingPerLane: 5,
      waiting: 9,
      waitingAtMost: 9,
    })
    for (const lane of ['a', 'a', 'a', 'a', 'b', 'c', 'b']) ask(lane)
    await settle()

    for (let count = 0; count < 6; count += 1) await endFirst()

    expect(began).toEqual(['a', 'b', 'c', 'a', 'b', 'a', 'a'])
  })

  it('refuses what is too much for a lane, with a hint when to come back', async () => {
    const { ask, enter } = open()
    for (const lane of ['a', 'a', 'a', 'a', 'a']) ask(lane)

    const refused = await errorOf(enter('a'))

    expect(refused).toMatchObject({
      name: 'UpstreamFailure',
      status: 503,
      facts: { retryAfter: 1 },
    })
  })

  it('has room for a lane that has nothing waiting, up to a bound for all', async () => {
    const { queue, ask, enter, settle } = open()
    for (const lane of ['a', 'a', 'b', 'b', 'a', 'a', 'a', 'b', 'b']) ask(lane)
    await settle()
    expect(queue.waiting()).toBe(5)

    expect(await errorOf(enter('b'))).toMatchObject({ status: 503 })
    ask('c')
    ask('d')
    await settle()

    expect(queue.waiting()).toBe(7)
    expect(await errorOf(enter('e'))).toMatchObject({ status: 503 })
  })

  it('forgets who leaves while waiting', async () => {
    const { queue, ask, began, endFirst, settle } = open({ ...LIMITS, running: 1 })
    const gone = new AbortController()
    ask('a')
    ask('b', gone.signal)
    ask('c')
    await settle()

    gone.abort(new Error('left'))
    expect(queue.waiting()).toBe(1)
    await endFirst()

    expect(began).toEqual(['a', 'c'])
  })

  it('rejects with the reason of who leaves, before or while waiting', async () => {
    const { ask, enter } = open({ ...LIMITS, running: 1 })
    ask('a')
    const gone = new AbortController()
    const waiting = enter('a', gone.signal)

    gone.abort(new Error('left'))

    await expect(waiting).rejects.toThrow('left')
    await expect(enter('b', gone.signal)).rejects.toThrow('left')
  })

  it('ends a turn once, however often it is told', async () => {
    const { queue, ask, began, settle } = open({ ...LIMITS, running: 1 })
    const end = await queue.enter('a', STAYS)
    for (const lane of ['b', 'c']) ask(lane)
    await settle()

    end()
    end()
    await settle()

    expect(began).toEqual(['b'])
  })

  it('keeps its bounds and loses nobody, in any order of coming and leaving', async () => {
    const step = fc.record({
      lane: fc.constantFrom('a', 'b', 'c'),
      act: fc.constantFrom('enter', 'enter', 'end', 'leave'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const queue = createFairQueue(LIMITS)
        const running: { readonly lane: string; readonly end: () => void }[] = []
        const waiting: { readonly lane: string; readonly gone: AbortController }[] = []
        const settled = () => new Promise((resolve) => setImmediate(resolve))
        const drop = (one: (typeof waiting)[number]) => {
          const index = waiting.indexOf(one)
          if (index >= 0) waiting.splice(index, 1)
        }
        for (const { lane, act } of steps) {
          if (act === 'enter') {
            const one = { lane, gone: new AbortController() }
            waiting.push(one)
            queue
              .enter(lane, one.gone.signal)
              .then((end) => running.push({ lane, end }))
              .catch(() => undefined)
              .finally(() => drop(one))
          }
          if (act === 'end') running.shift()?.end()
          if (act === 'leave') waiting.at(-1)?.gone.abort(new Error('left'))
          await settled()
          expect(running.length).toBeLessThanOrEqual(LIMITS.running)
          for (const each of ['a', 'b', 'c']) {
            const own = running.filter((one) => one.lane === each).length
            expect(own).toBeLessThanOrEqual(LIMITS.runningPerLane)
          }
          expect(queue.waiting()).toBe(waiting.length)
        }
        while (running.length > 0) {
          running.shift()?.end()
          await settled()
        }

        expect(queue.waiting()).toBe(0)
        expect(waiting).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
})
