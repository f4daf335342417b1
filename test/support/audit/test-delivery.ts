import { startDelivery, type Delivery } from '../../../server/audit/sinks/delivery.ts'
import type { Sink } from '../../../server/audit/sinks/sink.ts'
import { createMemoryOutbox, type MemoryOutbox } from './memory-outbox.ts'
import { createRecordedLog, type RecordedLog } from './recorded-log.ts'

/** One sink at work on a queue of its own. */
export type TestDelivery = RecordedLog &
  Delivery & { readonly outbox: MemoryOutbox; readonly isDone: () => boolean }

/** Starts a delivery that tries again within milliseconds; an outbox may be one that another left. */
export function startTestDelivery(
  sink: Sink,
  outbox: MemoryOutbox = createMemoryOutbox(),
): TestDelivery {
  const recorded = createRecordedLog()
  const delivery = startDelivery({
    name: 'test',
    sink,
    outbox,
    log: recorded.log,
    random: Math.random,
    backoff: { baseMs: 10, maxMs: 40 },
  })
  return { ...recorded, ...delivery, outbox, isDone: () => outbox.countPending('test') === 0 }
}
