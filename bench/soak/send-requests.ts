import { Agent } from 'undici'
import { createRandom } from '../../demo/seed/random.ts'
import { otherThan, type Organization } from '../../test/support/callers.ts'
import type { OrganizationRecords } from '../../test/support/organization-records.ts'
import { scrape } from '../../test/support/scrape.ts'
import type { Caller } from '../callers/people.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { ask } from './ask.ts'
import type { MemorySample } from './memory.ts'
import { drawQuestion } from './questions.ts'
import { createReferences } from './references.ts'
import type { SoakServer } from './server.ts'

const WORKERS = 16
/** Between two looks at the memory, each with a whole garbage collection. */
const CALLS_PER_SAMPLE = 4_000

/** Sends requests of every kind, sixteen at a time, and looks at the memory now and then. */
export async function sendRequests(
  server: SoakServer['server'],
  options: {
    readonly calls: number
    readonly seed: number
    readonly ledger: Ledger
    readonly callers: readonly Caller[]
    readonly records: Readonly<Record<Organization, OrganizationRecords>>
  },
): Promise<{ readonly seconds: number; readonly samples: readonly MemorySample[] }> {
  const { calls, ledger, callers, records } = options
  const origin = server.url
  const random = createRandom(options.seed)
  const references = createReferences()
  const dispatcher = new Agent({ connections: WORKERS })
  const samples: MemorySample[] = []
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
  return { seconds, samples }
}
