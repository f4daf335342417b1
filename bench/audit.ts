import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAudit } from '../server/audit/open-audit.ts'
import { createLog } from '../server/log.ts'
import { Secret } from '../server/secret.ts'
import { openStore } from '../server/store/open-store.ts'

// What an audit event costs the request, and how fast events get into the store: [DATABASE_URL].
const EVENTS = 5_000
const FACT = {
  type: 'mcp.request',
  outcome: 'success',
  ...{ member: 'm1', clientId: 'c1', clientName: 'Claude', method: 'tools/call' },
  ...{ tool: 'invoices.list', route: 'GET /invoices', httpStatus: 200, durationMs: 12 },
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
try {
  const json = measureEach(() => void JSON.stringify(FACT))
  const record = measureEach((number) =>
    audit.log.record({ ...FACT, organization: `o${number % 20}` }),
  )
  const started = performance.now()
  await audit.flush(600_000)
  const seconds = (performance.now() - started) / 1000
  console.log(`JSON.stringify  ${json.median.toFixed(1)} µs`)
  console.log(
    `record()        ${record.median.toFixed(1)} µs, ${(record.median / json.median).toFixed(0)} ×; 99 of 100 within ${record.most.toFixed(0)} µs`,
  )
  console.log(`into the store  ${(EVENTS / seconds).toFixed(0)} events/s, of 20 organizations`)
} finally {
  await audit.close()
  await store.close()
  rmSync(folder, { recursive: true })
}

/** Microseconds. */
function measureEach(work: (number: number) => void) {
  const times = Array.from({ length: EVENTS }, (_, number) => {
    const started = performance.now()
    work(number)
    return (performance.now() - started) * 1000
  }).sort((one, other) => one - other)
  return { median: times[EVENTS / 2] ?? 0, most: times[Math.floor(EVENTS * 0.99)] ?? 0 }
}
