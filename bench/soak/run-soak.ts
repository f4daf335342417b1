import { setTimeout as sleep } from 'node:timers/promises'
import { Agent } from 'undici'
import { createRandom } from '../../demo/seed/random.ts'
import { readOrganizationRecords } from '../../test/support/organization-records.ts'
import { otherThan } from '../../test/support/callers.ts'
import { scrape } from '../../test/support/scrape.ts'
import { openCallers } from '../callers/people.ts'
import { checkAudit } from '../ledger/check-audit.ts'
import { createLedger, type Ledger } from '../ledger/ledger.ts'
import type { Verdict } from '../ledger/report.ts'
import { ask } from './ask.ts'
import { eventTypeOf, judgeCounts } from './counts.ts'
import { judgeMemory, measureMemory, type MemorySample } from './memory.ts'
import { drawQuestion } from './questions.ts'
import { createReferences } from './references.ts'
import { startSoakServer, type SoakServer } from './server.ts'

const WORKERS = 16
/** Between two looks at the memory, each with a whole garbage collection. */
const CALLS_PER_SAMPLE = 4_000
/** Connections that nobody uses any more are closed by then. */
const CLOSING_MS = 15_000
const STEP_MS = 250

/** What a soak found. */
export type Soak = {
  readonly seconds: number
  readonly entries: Ledger['entries']
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
  const origin = server.url
  const callers = await openCallers({ origin, databaseUrl })
  const records = {
    acme: readOrganizationRecords(demo.database, 'acme', 'globex'),
    globex: readOrganizationRecords(demo.database, 'globex', 'acme'),
  }
  const random = createRandom(seed)
  const ledger = createLedger()
  const references = createReferences()
  const dispatcher = new Agent({ connections: WORKERS })
  const samples: MemorySample[] = []
  const { sockets: before } = await server.probe()
  const startedAt = performance.now()
  const secondsSince = () => (performance.now() - startedAt) / 1000
  let left = calls

  async function sample(): Promise<void> {
    const figures = await scrape(origin)
    const rssBytes = figures.sum('process_resident_memory_bytes')
    const probe = await server.probe()
    samples.push({ calls: ledger.entries.length, seconds: secondsSince(), rssBytes, ...probe })
  }

  async function askOn(): Promise<void> {
    while (left > 0) {
      left -= 1
      const isTime = left % CALLS_PER_SAMPLE === 0
      const caller = random.pick(callers)
      const { organization } = caller
      const requestId = ledger.nextId()
      const [own, other] = [records[organization], records[otherThan(organization)]]
      const question = drawQuestion({ random, caller, own, other, references, requestId })
      await ask({ origin, dispatcher, ledger, requestId }, caller, question)
      if (isTime) await sample()
    }
  }

  await Promise.all(Array.from({ length: WORKERS }, askOn))
  const seconds = secondsSince()
  await dispatcher.close()
  const sockets = await waitForSockets(server, before)
  const figures = await scrape(origin)
  const complaints = server.complaints()
  const code = await server.stop()
  const { entries } = ledger
  const audit = await checkAudit(databaseUrl, entries, eventTypeOf)
  const wrong = entries.filter(({ outcome }) => outcome === 'wrong')
  const verdicts: readonly Verdict[] = [
    {
      what: 'every request gets the right answer',
      figure: `${entries.length} requests, ${wrong.length} wrong`,
      violations: wrong.map(({ kind, who, detail }) => `${kind}: ${detail} (${who})`),
    },
    {
      what: 'every message is on record once',
      figure: `${audit.events} events, ${audit.compared} requests compared`,
      violations: [
        ...audit.lost.map((each) => `lost: ${each}`),
        ...audit.doubled.map((each) => `doubled: ${each}`),
      ],
    },
    judgeCounts(entries, figures, audit.events),
    ...(isMemoryJudged ? [judgeMemory(measureMemory(samples))] : []),
    {
      what: 'no connection stays open once its client has gone',
      figure: `${sockets} sockets, ${before} before`,
      violations: sockets > before ? [`${sockets} sockets`] : [],
    },
    {
      what: 'the server complains of nothing and stops with exit code 0',
      figure: `exit code ${code ?? 'none'}`,
      violations: [...complaints, ...(code === 0 ? [] : [`exit code ${code ?? 'none'}`])],
    },
  ]
  return { seconds, entries, samples, verdicts }
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
