import { setTimeout as sleep } from 'node:timers/promises'
import { readOrganizationRecords } from '../../test/support/organization-records.ts'
import { scrape } from '../../test/support/scrape.ts'
import { openCallers } from '../callers/people.ts'
import { checkAudit, type AuditFigures } from '../ledger/check-audit.ts'
import { createLedger, type Entry } from '../ledger/ledger.ts'
import type { Verdict } from '../ledger/report.ts'
import { eventTypeOf, judgeCounts } from './counts.ts'
import { judgeMemory, measureMemory, type MemorySample } from './memory.ts'
import { sendRequests } from './send-requests.ts'
import { startSoakServer, type SoakServer } from './server.ts'

/** Connections that nobody uses any more are closed by then. */
const CLOSING_MS = 15_000
const STEP_MS = 250

/** What a soak found. */
export type Soak = {
  readonly seconds: number
  readonly entries: readonly Entry[]
  readonly samples: readonly MemorySample[]
  readonly verdicts: readonly Verdict[]
}

/**
 * Sends requests of every kind, of members of two organizations, to a server of its own.
 *
 * @param options.calls HTTP requests in all
 * @param options.isMemoryJudged a short run has not seen enough to say whether memory is flat
 */
export async function runSoak(options: {
  readonly calls: number
  readonly seed: number
  readonly isMemoryJudged: boolean
}): Promise<Soak> {
  const running = await startSoakServer()
  try {
    return await soak(running, options)
  } finally {
    await running.close()
  }
}

async function soak(
  { server, demo, databaseUrl }: SoakServer,
  { calls, seed, isMemoryJudged }: Parameters<typeof runSoak>[0],
): Promise<Soak> {
  const ledger = createLedger()
  const callers = await openCallers({ origin: server.url, databaseUrl })
  const records = {
    acme: readOrganizationRecords(demo.database, 'acme', 'globex'),
    globex: readOrganizationRecords(demo.database, 'globex', 'acme'),
  }
  const { sockets: before } = await server.probe()
  const sent = await sendRequests(server, { calls, seed, ledger, callers, records })
  const after = await waitForSockets(server, before)
  const figures = await scrape(server.url)
  const complaints = server.complaints()
  const exitCode = await server.stop()
  const { entries } = ledger
  const audit = await checkAudit(databaseUrl, entries, eventTypeOf)
  return {
    ...sent,
    entries,
    verdicts: [
      judgeAnswers(entries),
      judgeAudit(audit),
      judgeCounts(entries, figures, audit.events),
      ...(isMemoryJudged ? [judgeMemory(measureMemory(sent.samples))] : []),
      judgeSockets(before, after),
      judgeEnd(complaints, exitCode),
    ],
  }
}

/** Looks until no more are open than so many, or it took too long. */
async function waitForSockets(server: SoakServer['server'], most: number): Promise<number> {
  const deadline = Date.now() + CLOSING_MS
  for (;;) {
    const { sockets } = await server.probe()
    if (sockets <= most || Date.now() > deadline) return sockets
    await sleep(STEP_MS)
  }
}

function judgeAnswers(entries: readonly Entry[]): Verdict {
  const wrong = entries.filter(({ outcome }) => outcome === 'wrong')
  return {
    what: 'every request gets the right answer',
    figure: `${entries.length} requests, ${wrong.length} wrong`,
    violations: wrong.map(({ kind, who, detail }) => `${kind}: ${detail} (${who})`),
  }
}

function judgeAudit({ events, compared, lost, doubled }: AuditFigures): Verdict {
  return {
    what: 'every message is on record once',
    figure: `${events} events, ${compared} requests compared`,
    violations: [
      ...lost.map((each) => `lost: ${each}`),
      ...doubled.map((each) => `doubled: ${each}`),
    ],
  }
}

function judgeSockets(before: number, after: number): Verdict {
  return {
    what: 'no connection stays open once its client has gone',
    figure: `${after} sockets, ${before} before`,
    violations: after > before ? [`${after} sockets`] : [],
  }
}

function judgeEnd(complaints: readonly string[], exitCode: number | null): Verdict {
  const code = `exit code ${exitCode ?? 'none'}`
  return {
    what: 'the server complains of nothing and stops with exit code 0',
    figure: code,
    violations: [...complaints, ...(exitCode === 0 ? [] : [code])],
  }
}
