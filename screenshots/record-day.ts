import type { AuditLog } from '../server/audit/audit-log.ts'
import type { AuditFact } from '../server/audit/event.ts'

const HOUR_MS = 3_600_000
const HOURS = 30
/** Calls in an hour of the day, most at the desk's hours. */
const BUSY = [1, 0, 0, 0, 0, 2, 6, 14, 30, 38, 34, 28, 22, 36, 40, 33, 24, 15, 9, 6, 4, 3, 2, 1]

const PEOPLE = ['mem_01', 'mem_01', 'mem_02', 'mem_03', 'mem_06']
const TOOLS = [
  ['invoices.list', 'GET /invoices'],
  ['invoices.list', 'GET /invoices'],
  ['transactions.list', 'GET /transactions'],
  ['invoices.get', 'GET /invoices/{invoiceId}'],
  ['contracts.list', 'GET /contracts'],
  ['counterparties.get', 'GET /counterparties/{counterpartyId}'],
  ['bankAccounts.list', 'GET /bank-accounts'],
] as const
const PROGRAMS = [
  ['claude', 'Claude'],
  ['chatgpt', 'ChatGPT'],
  ['claude-code', 'Claude Code'],
] as const

/**
 * Puts a day of one organization on record, in its order.
 *
 * @param clock what the log takes for now; it ends at the real time
 * @param times how many calls there are for each of a usual day, which has some 430
 */
export function recordDay(log: AuditLog, clock: { now: number }, times = 1): void {
  const end = Date.now()
  let drawn = 0
  for (let hour = HOURS; hour > 0; hour -= 1) {
    const from = end - hour * HOUR_MS
    const count = (BUSY[new Date(from).getUTCHours()] ?? 0) * times
    for (let index = 0; index < count; index += 1) {
      clock.now = from + Math.floor((index * HOUR_MS) / count)
      log.record(toCall(drawn))
      drawn += 1
    }
  }
  clock.now = end
}

/** Always the same for the same number. */
function toCall(number: number): AuditFact {
  const [tool, route] = TOOLS[(number * 5 + (number >> 3)) % TOOLS.length] ?? TOOLS[0]
  const [clientId, clientName] = PROGRAMS[(number >> 1) % PROGRAMS.length] ?? PROGRAMS[0]
  const isFailed = number % 17 === 3
  return {
    ...{ type: 'mcp.request', outcome: isFailed ? 'failure' : 'success', organization: 'acme' },
    ...{ member: PEOPLE[(number * 3) % PEOPLE.length] ?? null, clientId, clientName, tool, route },
    ...{ credential: 'oauth', method: 'tools/call', httpStatus: 200 },
    ...{ upstreamStatus: isFailed ? 403 : 200, rpcCode: isFailed ? -32000 : null },
    ...{ durationMs: 20 + ((number * 37) % 180), bytes: 900 + ((number * 911) % 20_000) },
    ...{ address: `198.51.100.${number % 60}`, requestId: null },
  }
}
