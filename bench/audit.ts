import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAudit } from '../server/audit/open-audit.ts'
import { createLog } from '../server/log.ts'
import { Secret } from '../server/secret.ts'
import { openStore } from '../server/store/open-store.ts'

// What audit events cost the request and the process, and how fast they get into the store: [DATABASE_URL].
const EVENTS = 5_000
/** Fewer than the journal has room for. */
const SAMPLES = 1_500
/** As many as come under load while one batch is gathered. */
const BURST = 500
const ORGANIZATIONS = 20
const FACT = {
  type: 'mcp.request',
  outcome: 'success',
  credential: 'oauth',
  ...{ member: 'm1', clientId: '3f0c5b1e-6f1e-4a57-9d0e-0c5a3a4b7d10', clientName: 'Claude' },
  ...{ method: 'tools/call', tool: 'invoices.list', route: 'GET /invoices' },
  ...{ httpStatus: 200, upstreamStatus: 200, durationMs: 12, bytes: 2_048, address: '127.0.0.1' },
  ...{ requestId: '0b8f5b1e-6f1e-4a57-9d0e-0c5a3a4b7d11' },
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
} as const

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
const store = await openStore({
  url: process.argv[2] ?? `sqlite:${join(folder, 'sluice.db')}`,
  now: Date.now,
})
const audit = openAudit({
  config: { spool: join(folder, 'audit'), sinks: [], sinkKey: null, retentionDays: 365 },
  connector: 'bench',
  store: store.auditEvents,
  secretKey: new Secret(Buffer.alloc(32).toString('base64')),
  isServer: false,
  log: createLog({ level: 'warn' }),
  now: Date.now,
})
const record = (number: number) =>
  audit.log.record({ ...FACT, organization: `o${number % ORGANIZATIONS}` })
try {
  const json = measureEach(() => void JSON.stringify(FACT))
  // The first events pay for what is made once.
  await measureBursts()
  const { recordUs, moveUs, seconds } = await measureBursts()
  const each = measureEach(record)
  await audit.flush(600_000)
  console.log(`JSON.stringify  ${json.median.toFixed(1)} µs`)
  console.log(
    `record()        ${each.median.toFixed(1)} µs, ${(each.median / json.median).toFixed(0)} ×; 99 of 100 within ${each.most.toFixed(0)} µs`,
  )
  console.log(
    `processor time  ${recordUs.toFixed(1)} µs to record, ${moveUs.toFixed(1)} µs to store`,
  )
  console.log(
    `into the store  ${(EVENTS / seconds).toFixed(0)} events/s, of ${ORGANIZATIONS} organizations`,
  )
} finally {
  await audit.close()
  await store.close()
  rmSync(folder, { recursive: true })
}

/** Processor time of this process for an event, and how long it took to store them all. */
async function measureBursts() {
  let [recordUs, moveUs, ms] = [0, 0, 0]
  for (let from = 0; from < EVENTS; from += BURST) {
    const before = readCpuUs()
    for (let number = from; number < from + BURST; number += 1) record(number)
    const between = readCpuUs()
    const startedAt = performance.now()
    await audit.flush(600_000)
    ms += performance.now() - startedAt
    recordUs += between - before
    moveUs += readCpuUs() - between
  }
  return { recordUs: recordUs / EVENTS, moveUs: moveUs / EVENTS, seconds: ms / 1000 }
}

function readCpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** Microseconds. */
function measureEach(work: (number: number) => void) {
  const times = Array.from({ length: SAMPLES }, (_, number) => {
    const started = performance.now()
    work(number)
    return (performance.now() - started) * 1000
  }).sort((one, other) => one - other)
  return { median: times[SAMPLES / 2] ?? 0, most: times[Math.floor(SAMPLES * 0.99)] ?? 0 }
}
