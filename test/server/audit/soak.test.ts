import { expect, it } from '@jest/globals'
import { runAuditDay } from '../../../bench/audit-day.ts'

it('has every event of a busy time everywhere, once in the store, while receivers fail', async () => {
  const day = await runAuditDay(3_000, 25_000)

  expect(day).toMatchObject({ recorded: 3_000, stored: 3_000, broken: 0, dropped: 0 })
  expect(day.https.events).toBe(3_000)
  expect(day.syslog.events).toBe(3_000)
}, 60_000)
