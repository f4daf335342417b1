import { createTransport, type Transport } from '../server/upstream/transport.ts'
import { median } from './load/statistics.ts'
import { describeMachine, renderMachine } from './load/this-machine.ts'
import { CASES, targetOf, type Case } from './wire/cases.ts'
import { startUpstream } from './wire/start-upstream.ts'

const ROUNDS = 15
const AT_ONCE = 16
/** In one round; large answers take a tenth. */
const CALLS = 2_000
const LARGE_BYTES = 100_000
const HEADERS = { accept: 'application/json', 'accept-encoding': 'gzip, br', 'x-request-id': 'r1' }

const machine = renderMachine(describeMachine())
const upstream = await startUpstream()
const open = (http2: boolean) =>
  createTransport({
    maxBodyBytes: () => 1_000_000,
    network: { proxyFor: () => null, tls: { ca: [upstream.ca], certificate: null }, http2 },
  })
const transports = { http1: open(false), http2: open(true) }

const rounds: (readonly Cost[])[] = []
for (let round = 0; round <= ROUNDS; round += 1) {
  const costs: Cost[] = []
  for (const each of CASES) costs.push(await measure(each))
  // The first one warms up.
  if (round > 0) rounds.push(costs)
}
await Promise.all(Object.values(transports).map((transport) => transport.close()))
upstream.stop()

console.log(`${machine}\n\n${renderTable(rounds)}`)

/** Of one call. */
type Cost = { readonly cpuMicros: number; readonly perSecond: number }

async function measure(one: Case): Promise<Cost> {
  const calls = one.bytes < LARGE_BYTES ? CALLS : CALLS / 10
  // Connections that were idle meanwhile are made anew before the clock runs.
  await callOften(one, 4 * AT_ONCE)
  const [cpuBefore, before] = [process.cpuUsage(), performance.now()]
  await callOften(one, calls)
  const { user, system } = process.cpuUsage(cpuBefore)
  const seconds = (performance.now() - before) / 1_000
  return { cpuMicros: (user + system) / calls, perSecond: calls / seconds }
}

async function callOften({ bytes, http2, encoding }: Case, calls: number): Promise<void> {
  const transport = http2 ? transports.http2 : transports.http1
  const target = targetOf({ bytes, encoding })
  let left = calls
  const caller = async () => {
    for (; left > 0; left -= 1) await call(transport, target, bytes)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, caller))
}

async function call(transport: Transport, target: string, bytes: number): Promise<void> {
  const { status, body } = await transport.exchange({
    origin: upstream.origin,
    method: 'GET',
    target,
    headers: HEADERS,
    body: null,
    signal: new AbortController().signal,
  })
  if (status !== 200 || body === null || body.length < bytes)
    throw new Error(`${target}: ${status}`)
}

function renderTable(all: readonly (readonly Cost[])[]): string {
  const lines = CASES.map((each, index) => {
    const { bytes, http2, encoding } = each
    const first = CASES.findIndex((other) => other.bytes === bytes)
    const of = (pick: (costs: readonly Cost[]) => number) => median(all.map(pick))
    const cpu = of((costs) => costs[index]?.cpuMicros ?? Number.NaN)
    const ratio = of(
      (costs) => (costs[index]?.cpuMicros ?? 0) / (costs[first]?.cpuMicros ?? Number.NaN),
    )
    const perSecond = of((costs) => costs[index]?.perSecond ?? Number.NaN)
    const sent = upstream.bytes[targetOf(each)] ?? 0
    const cells = [http2 ? 'HTTP/2' : 'HTTP/1.1', encoding, sent.toLocaleString('en')]
    const figures = [cpu.toFixed(0), ratio.toFixed(2), perSecond.toFixed(0)]
    return `| ${[bytes / 1_000, ...cells, ...figures].join(' | ')} |`
  })
  return [
    '| KB | protocol | encoding | bytes sent | CPU µs | to the first | calls/s |',
    '| ---: | --- | --- | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n')
}
