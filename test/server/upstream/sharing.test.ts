import { beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Carrier, UpstreamCall } from '../../../server/upstream/carrier.ts'
import { withSharing } from '../../../server/upstream/sharing.ts'
import { createHolding, errorOf, toAnswer, toCall } from './call.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

let clock: TestClock
let wire: ReturnType<typeof createHolding>
let sharing: Carrier

beforeEach(() => {
  clock = createTestClock()
  wire = createHolding()
  sharing = withSharing(wire, clock)
})

const HEADERS = { accept: 'application/json', authorization: 'Bearer one' }

const TOLD_ONLY = {
  'x-request-id': 'r2',
  'x-mcp-client': 'Other',
  traceparent: '00-1-2-01',
  tracestate: 'a=1',
}

const DIFFERENT: readonly (readonly [string, Partial<UpstreamCall>])[] = [
  ['another member', { reader: 'm2' }],
  ['another organization', { share: 'globex' }],
  ['no organization', { share: null }],
  ['another credential', { headers: { ...HEADERS, authorization: 'Bearer two' } }],
  ['a credential more', { headers: { ...HEADERS, cookie: 'a=1' } }],
  ['another Accept', { headers: { ...HEADERS, accept: 'text/csv' } }],
  ['another operation', { target: '/v1/others' }],
  ['another argument', { target: '/v1/things?page=2' }],
  ['another body', { body: '{}' }],
  ['another method', { method: 'HEAD' }],
  ['another origin', { origin: 'http://other.test' }],
]

describe('reads at the same time', () => {
  it.each([
    ['all alike', {}],
    ['that only call themselves something else', { headers: { ...HEADERS, ...TOLD_ONLY } }],
    ['whose headers came in another order', { headers: reversed(HEADERS) }],
  ])('are sent once, %s', async (_what, changes: Partial<UpstreamCall>) => {
    const first = sharing.exchange(toCall({ headers: HEADERS }))
    const second = sharing.exchange(toCall({ headers: HEADERS, ...changes }))
    wire.held[0]?.answer(toAnswer(200, 'both'))

    expect(wire.held).toHaveLength(1)
    expect(await second).toEqual(toAnswer(200, 'both'))
    expect(await first).toEqual(await second)
  })

  it.each(DIFFERENT)('are sent each with %s', async (_what, changes) => {
    const first = sharing.exchange(toCall({ headers: HEADERS }))
    const second = sharing.exchange(toCall({ headers: HEADERS, ...changes }))
    wire.held[0]?.answer(toAnswer(200, 'first'))
    wire.held[1]?.answer(toAnswer(200, 'second'))

    expect(await first).toEqual(toAnswer(200, 'first'))
    expect(await second).toEqual(toAnswer(200, 'second'))
  })

  it('of nobody in particular are sent each', () => {
    void sharing.exchange(toCall({ reader: null }))
    void sharing.exchange(toCall({ reader: null }))

    expect(wire.held).toHaveLength(2)
  })

  it('send what the first one says of itself', () => {
    const told = { 'x-request-id': 'r1', traceparent: '00-1-1-01' }
    void sharing.exchange(toCall({ headers: { ...HEADERS, ...told } }))
    void sharing.exchange(toCall({ headers: { ...HEADERS, ...TOLD_ONLY } }))

    expect(wire.held.map(({ call }) => call.headers)).toEqual([{ ...HEADERS, ...told }])
  })

  it('fail together, and the next one is sent', async () => {
    const calls = [sharing.exchange(toCall()), sharing.exchange(toCall())]
    wire.held[0]?.fail(new Error('reset'))
    const errors = await Promise.all(calls.map(errorOf))

    void sharing.exchange(toCall())

    expect(errors).toEqual([new Error('reset'), new Error('reset')])
    expect(wire.held).toHaveLength(2)
  })

  it('are one only until the answer', async () => {
    const first = sharing.exchange(toCall())
    wire.held[0]?.answer(toAnswer(200))
    await first

    void sharing.exchange(toCall())

    expect(wire.held).toHaveLength(2)
  })

  it('are not joined once half of the time is over', () => {
    void sharing.exchange(toCall({ deadlineAt: 30_000 }))
    clock.advance(14_999)
    void sharing.exchange(toCall({ deadlineAt: 44_999 }))
    expect(wire.held).toHaveLength(1)

    clock.advance(1)
    void sharing.exchange(toCall({ deadlineAt: 45_000 }))

    expect(wire.held).toHaveLength(2)
  })
})

describe('a caller who leaves', () => {
  it('leaves alone', async () => {
    const gone = new AbortController()
    const leaving = sharing.exchange(toCall({ signal: gone.signal }))
    const staying = sharing.exchange(toCall())

    gone.abort(new Error('left'))
    await expect(leaving).rejects.toThrow('left')
    wire.held[0]?.answer(toAnswer(200))

    expect(wire.held[0]?.call.signal.aborted).toBe(false)
    expect(await staying).toEqual(toAnswer(200))
  })

  it('aborts the read as the last one, which nobody joins any more', async () => {
    const gone = new AbortController()
    const calls = [gone.signal, gone.signal].map((signal) => sharing.exchange(toCall({ signal })))
    gone.abort(new Error('left'))
    await Promise.all(calls.map(errorOf))

    void sharing.exchange(toCall())

    expect(wire.held.map(({ call }) => call.signal.aborted)).toEqual([true, false])
    expect(wire.held[0]?.call.signal.reason).toEqual(new Error('left'))
  })

  it('before the read sends nothing', async () => {
    const call = sharing.exchange(toCall({ signal: AbortSignal.abort(new Error('left')) }))

    await expect(call).rejects.toThrow('left')
    expect(wire.held).toHaveLength(0)
  })
})

/** What one caller does, in a world of few members, organizations, credentials and questions. */
const caller = fc.record({
  reader: fc.constantFrom('m1', 'm2'),
  share: fc.constantFrom('acme', 'globex'),
  credential: fc.constantFrom('one', 'two'),
  target: fc.constantFrom('/a', '/b'),
  startsAt: fc.nat(20),
  leavesAt: fc.option(fc.nat(40), { nil: null }),
})

/** What an upstream would say to exactly this request. */
function echo({ reader, share, headers, target }: UpstreamCall): string {
  return JSON.stringify([reader, share, headers['authorization'], target])
}

describe('whatever comes in between', () => {
  it('nobody ever gets the answer to another question', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(caller, { minLength: 2, maxLength: 12 }),
        fc.array(fc.nat(30), { minLength: 12, maxLength: 12 }),
        async (callers, answersAt) => {
          const held = createHolding()
          const shared = withSharing(held, createTestClock())
          const answered: Promise<readonly [asked: string, got: string]>[] = []
          const leaving = callers.map(() => new AbortController())
          for (let moment = 0; moment <= 50; moment += 1) {
            for (const [index, { credential, startsAt, leavesAt, ...facts }] of callers.entries()) {
              const gone = leaving[index] ?? new AbortController()
              if (leavesAt === moment) gone.abort(new Error('left'))
              if (startsAt !== moment) continue
              const headers = { authorization: credential }
              const call = toCall({ ...facts, headers, signal: gone.signal })
              const outcome = shared.exchange(call).then(
                ({ body }) => body?.toString() ?? '',
                () => 'left',
              )
              answered.push(outcome.then((got) => [echo(call), got]))
            }
            await Promise.resolve()
            for (const [index, { call, answer }] of held.held.entries()) {
              const delay = answersAt[index % answersAt.length] ?? 0
              if (moment === 50 || delay === moment % 31) answer(toAnswer(200, echo(call)))
            }
          }

          const outcomes = await Promise.all(answered)

          expect(outcomes.filter(([asked, got]) => got !== asked && got !== 'left')).toEqual([])
          expect(outcomes).toHaveLength(callers.length)
        },
      ),
      { numRuns: 300 },
    )
  })
})

function reversed(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).reverse())
}
