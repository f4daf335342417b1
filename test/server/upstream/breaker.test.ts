import { beforeEach, describe, expect, it } from '@jest/globals'
import { withBreaker, type Breaker, type BreakerChange } from '../../../server/upstream/breaker.ts'
import { UpstreamFailure } from '../../../server/upstream/failure.ts'
import { createHolding, errorOf, toAnswer, toCall, type HeldCall } from './call.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** Short, so that many can pass in one window. */
const TIMEOUT_MS = 400
const ORIGIN = 'http://upstream.test'

let clock: TestClock
let wire: ReturnType<typeof createHolding>
let changes: BreakerChange[]
let breaker: Breaker

beforeEach(() => {
  clock = createTestClock()
  wire = createHolding()
  changes = []
  breaker = openBreaker(false)
})

function openBreaker(isSingleOrganization: boolean): Breaker {
  return withBreaker(wire, {
    timeoutMs: TIMEOUT_MS,
    isSingleOrganization,
    clock,
    onChange: (change) => void changes.push(change),
  })
}

type End = (held: HeldCall) => void

const fails =
  (make: () => unknown): End =>
  (held) =>
    held.fail(make())
const answers =
  (status: number): End =>
  (held) =>
    held.answer(toAnswer(status))
const unreachable = fails(
  () => new UpstreamFailure(502, 'no answer', { connection: 'unreachable' }),
)
const lost = fails(() => new UpstreamFailure(502, 'no answer', { connection: 'lost' }))
const timesOutAfter =
  (ms: number): End =>
  (held) => {
    clock.advance(ms)
    held.fail(new DOMException('too slow', 'TimeoutError'))
  }

/** Sends a call and ends it at once, if it gets to the wire. */
async function send(share: string | null, end: End, origin = ORIGIN): Promise<unknown> {
  const before = wire.held.length
  const call = breaker.exchange(toCall({ share, origin })).catch((error: unknown) => error)
  const held = wire.held[before]
  if (held !== undefined) end(held)
  return call
}

async function sendMany(count: number, organizations: readonly string[], end: End): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    for (const organization of organizations) await send(organization, end)
  }
}

function state(): string | undefined {
  return breaker.status().find(({ origin }) => origin === ORIGIN)?.state
}

describe('the circuit of an upstream', () => {
  it.each([
    ['that cannot be reached', unreachable],
    ['that answers 500', answers(500)],
    ['that answers 503', answers(503)],
    ['that loses connections', lost],
    ['that answers nonsense', fails(() => new UpstreamFailure(502, 'no HTTP'))],
    ['that is too slow', timesOutAfter(TIMEOUT_MS / 2)],
  ])('%s opens for everybody, and says so once', async (_what, end) => {
    await sendMany(10, ['acme', 'globex', 'initech'], end)
    const before = wire.held.length

    const refused = await send('umbrella', answers(200))

    expect(refused).toMatchObject({
      name: 'UpstreamFailure',
      status: 503,
      facts: { retryAfter: expect.any(Number) },
    })
    expect(wire.held).toHaveLength(before)
    expect(changes).toEqual([{ origin: ORIGIN, state: 'open' }])
  })

  it.each([
    ['4xx', answers(404)],
    ['429', answers(429)],
    ['callers who leave', fails(() => new Error('left'))],
    ['our own queue being full', fails(() => new UpstreamFailure(503, 'too many wait'))],
    ['calls that had hardly any time left', timesOutAfter(100)],
    ['success', answers(200)],
  ])('stays closed for %s', async (_what, end) => {
    await sendMany(50, ['acme', 'globex'], end)

    expect(state()).toBe('closed')
    expect(changes).toEqual([])
  })

  it.each([
    ['5xx', answers(500)],
    ['slow reads', timesOutAfter(TIMEOUT_MS)],
    ['lost connections', lost],
  ])('is not opened by %s of one organization alone', async (_what, end) => {
    await sendMany(100, ['acme'], end)

    expect(state()).toBe('closed')
  })

  it('is not opened by a minority of the organizations', async () => {
    await sendMany(1, ['initech', 'umbrella'], answers(200))

    await sendMany(50, ['acme', 'globex'], answers(500))

    expect(state()).toBe('closed')
  })

  it('is not opened by fewer failures than successes', async () => {
    await sendMany(20, ['acme', 'globex'], answers(200))

    await sendMany(15, ['acme', 'globex'], answers(500))

    expect(state()).toBe('closed')
  })

  it('is not opened by failures that are spread over a long time', async () => {
    for (let count = 0; count < 20; count += 1) {
      await sendMany(1, ['acme', 'globex'], answers(500))
      clock.advance(5_000)
    }

    expect(state()).toBe('closed')
  })

  it('is opened by many organizations that each failed once', async () => {
    const organizations = Array.from({ length: 10 }, (_, index) => `organization-${index}`)

    await sendMany(1, organizations, answers(500))

    expect(state()).toBe('open')
  })

  it('is opened by the only organization there is', async () => {
    breaker = openBreaker(true)

    await sendMany(10, ['main'], answers(500))

    expect(state()).toBe('open')
  })

  it('is another for another origin', async () => {
    await sendMany(10, ['acme'], unreachable)

    expect(await send('acme', answers(200), 'http://other.test')).toMatchObject({ status: 200 })
    expect(breaker.status()).toEqual([
      { origin: ORIGIN, state: 'open' },
      { origin: 'http://other.test', state: 'closed' },
    ])
  })

  it('is asked nothing while it is closed, and tells when the last answer came', async () => {
    expect(breaker.lastAnswerAt()).toBeNull()
    await send('acme', answers(200))
    const answeredAt = clock.epochMs()
    clock.advance(1_000)
    await send('acme', unreachable)

    expect(breaker.lastAnswerAt()).toBe(answeredAt)
  })
})

describe('an open circuit', () => {
  beforeEach(async () => {
    await sendMany(10, ['acme'], unreachable)
    changes.length = 0
  })

  it('says how long it stays so', async () => {
    clock.advance(1_500)

    expect(await send('globex', answers(200))).toMatchObject({ facts: { retryAfter: 4 } })
  })

  it('lets a call through after five seconds, and closes with its answer', async () => {
    clock.advance(5_000)
    expect(state()).toBe('half-open')

    expect(await send('acme', answers(404))).toMatchObject({ status: 404 })

    expect(state()).toBe('closed')
    expect(changes).toEqual([{ origin: ORIGIN, state: 'closed' }])
    expect(await send('globex', answers(200))).toMatchObject({ status: 200 })
  })

  it('waits twice as long each time that it cannot be reached, up to a minute', async () => {
    const waits = [5, 10, 20, 40, 60, 60]
    for (const seconds of waits) {
      clock.advance(seconds * 1_000 - 1)
      expect(state()).toBe('open')
      clock.advance(1)
      expect(state()).toBe('half-open')
      await send('acme', unreachable)
    }

    expect(changes).toEqual([])
  })

  it('lets three organizations try at once, each with one call', async () => {
    clock.advance(5_000)
    const before = wire.held.length

    const calls = ['acme', 'acme', 'globex', 'initech', 'umbrella'].map((share) =>
      breaker.exchange(toCall({ share })),
    )
    const refused = await Promise.all(
      [1, 4].map((index) => errorOf(calls[index] ?? Promise.resolve())),
    )

    expect(wire.held.slice(before).map(({ call }) => call.share)).toEqual([
      'acme',
      'globex',
      'initech',
    ])
    expect(refused).toMatchObject([
      { status: 503, facts: { retryAfter: 1 } },
      { status: 503, facts: { retryAfter: 1 } },
    ])
  })

  it('is not kept open by one organization whose calls fail', async () => {
    clock.advance(5_000)
    await send('acme', answers(500))
    const again = await send('acme', answers(500))

    expect(again).toMatchObject({ status: 503, facts: { retryAfter: 1 } })
    expect(await send('globex', answers(200))).toMatchObject({ status: 200 })
    expect(state()).toBe('closed')
  })

  it('is not kept open by one organization whose call hangs', async () => {
    clock.advance(5_000)
    void breaker.exchange(toCall({ share: 'acme' }))

    await send('globex', answers(200))

    expect(state()).toBe('closed')
  })

  it('lets an organization alone try again after as long a while', async () => {
    clock.advance(5_000)
    await send('acme', answers(500))
    clock.advance(5_000)

    expect(await send('acme', answers(200))).toMatchObject({ status: 200 })
  })

  it('goes on when several organizations fail', async () => {
    clock.advance(5_000)
    await send('acme', answers(500))
    await send('globex', answers(500))

    expect(state()).toBe('open')
    expect(await send('initech', answers(200))).toMatchObject({ facts: { retryAfter: 10 } })
  })

  it('learns nothing from a trial whose caller left', async () => {
    clock.advance(5_000)
    await send(
      'acme',
      fails(() => new Error('left')),
    )

    expect(state()).toBe('half-open')
    expect(await send('acme', answers(200))).toMatchObject({ status: 200 })
  })

  it('learns nothing from failures of calls that were sent before', async () => {
    clock.advance(5_000)
    await send('acme', answers(200))
    const before = wire.held.length
    const late = Array.from({ length: 10 }, () =>
      breaker.exchange(toCall()).catch((error: unknown) => error),
    )
    await sendMany(10, ['acme'], unreachable)
    clock.advance(5_000)
    for (const held of wire.held.slice(before, before + 10)) unreachable(held)
    await Promise.all(late)

    expect(state()).toBe('half-open')
  })
})
