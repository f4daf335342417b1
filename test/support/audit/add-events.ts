import { randomUUID } from 'node:crypto'
import { chainOf, countChains, createChainSeal, extendChains } from '../../../server/audit/chain.ts'
import { completeEvent } from '../../../server/audit/complete-event.ts'
import type { AuditFact } from '../../../server/audit/event.ts'
import type { Store } from '../../../server/store/store.ts'
import { TEST_SECRET_KEY } from '../flowtly.ts'

/**
 * Puts events at the ends of their chains, as servers under test do, at any time.
 *
 * @param timeOf epoch milliseconds of the event of an index
 */
export async function addEvents(
  { auditEvents }: Pick<Store, 'auditEvents'>,
  facts: readonly AuditFact[],
  timeOf: (index: number) => number,
): Promise<void> {
  const seal = createChainSeal(Buffer.from(TEST_SECRET_KEY.reveal(), 'base64'))
  const events = facts.map((fact, index) =>
    completeEvent(fact, { id: randomUUID(), time: timeOf(index), connector: 'flowtly' }),
  )
  await auditEvents.append(
    events.map(({ id }) => id),
    [...new Set(events.map(chainOf))],
    (before) => extendChains(before, { events, seal, onBroken: () => undefined }),
    (before, added) => countChains(before, added, seal),
  )
}
