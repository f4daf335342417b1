import { runAuditDay } from './audit-day.ts'

// A day of one event a second, as fast as the machine takes it. EVENTS may be another number.
const events = Number(process.argv[2] ?? 86_400)
const heapMegabytes = () => Math.round(process.memoryUsage().heapUsed / 1024 / 1024)

globalThis.gc?.()
const before = heapMegabytes()
const day = await runAuditDay(events, 120_000)
globalThis.gc?.()
console.log(JSON.stringify({ ...day, heapMegabytes: { before, after: heapMegabytes() } }, null, 2))
const { recorded, stored, broken, https, syslog, dropped } = day
const isRight =
  stored === recorded &&
  broken === 0 &&
  dropped === 0 &&
  https.events === recorded &&
  syslog.events === recorded
process.exitCode = isRight ? 0 : 1
