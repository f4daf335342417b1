import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { callTool } from '../../support/rpc.ts'
import { scrape } from '../../support/scrape.ts'

/** Failed connections in a row that open the circuit; a call makes up to three. */
const ENOUGH_CALLS = 10
/** The circuit is tried again five seconds after it opened. */
const MAX_WAIT_MS = 15_000

let demo: Demo
let connector: TestConnector
beforeAll(async () => {
  demo = await startDemo({ port: 0 })
  connector = await startFlowtly(demo.url)
})
afterAll(async () => {
  await connector.close()
  await demo.close()
})

/** What the server says of its upstream: in `/ready`, in its figures, and to a caller. */
async function look() {
  const answer = await callTool(connector.url, 'taxGroups.list')
  const ready = await fetch(`${connector.url}/ready`)
  const body: unknown = await ready.json()
  const figures = await scrape(connector.url)
  const states = ['closed', 'half-open', 'open'].filter(
    (state) => figures.sum('sluice_upstream_breaker_state', { state }) === 1,
  )
  return { answer, ready: { http: ready.status, body }, states }
}

const linesOf = (event: string) => connector.log.filter((line) => line.includes(`"${event}"`))

it('an upstream whose port is closed opens the circuit: the instance is degraded until it is back', async () => {
  const { origin } = new URL(demo.url)
  const well = await look()
  const { port } = demo
  await demo.close()
  for (let call = 0; call < ENOUGH_CALLS; call += 1) {
    await callTool(connector.url, 'taxGroups.list')
  }
  const open = await look()
  demo = await startDemo({ port })
  const deadline = Date.now() + MAX_WAIT_MS
  let back = await look()
  while (back.answer.error !== undefined && Date.now() < deadline) back = await look()

  expect(well).toMatchObject({
    answer: { result: expect.anything() },
    ready: { http: 200, body: { status: 'ok', checks: { upstream: { status: 'ok' } } } },
    states: ['closed'],
  })
  expect(open).toMatchObject({
    answer: { error: { code: -32000, data: { status: 503, retryAfter: expect.any(Number) } } },
    ready: {
      http: 200,
      body: {
        status: 'degraded',
        checks: { upstream: { status: 'degraded', failing: [origin] }, store: { status: 'ok' } },
      },
    },
    states: ['open'],
  })
  expect(back).toMatchObject({
    answer: { result: expect.anything() },
    ready: { http: 200, body: { status: 'ok', checks: { upstream: { status: 'ok' } } } },
    states: ['closed'],
  })
  expect(linesOf('breaker_opened')).toHaveLength(1)
  expect(linesOf('breaker_closed')).toHaveLength(1)
}, 60_000)
