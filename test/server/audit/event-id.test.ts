import { expect, it } from '@jest/globals'
import { createEventId } from '../../../server/audit/event-id.ts'

const TIMES = [0, 1, 1_645_557_742_000, 1_800_000_000_123, 2 ** 48 - 1]

it.each(TIMES)('is a UUID of version 7 with the time %d', (time) => {
  const id = createEventId(time)

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(time)
})

it('comes in the order of time, and differs within one', () => {
  const ids = TIMES.map(createEventId)

  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(Array.from({ length: 1_000 }, () => createEventId(1))).size).toBe(1_000)
})
