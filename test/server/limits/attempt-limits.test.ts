import { describe, expect, it } from '@jest/globals'
import { createAttemptLimits } from '../../../server/limits/attempt-limits.ts'
import { openStore } from '../../../server/store/open-store.ts'

/** How often an address may register in an hour. */
const REGISTRATIONS = 300

/** Lets one address use up its attempts, and tells how long another then has to wait. */
async function waitOf(address: string, after: string): Promise<number> {
  const now = () => 1_800_000_000_000
  const store = await openStore({ url: 'sqlite::memory:', now })
  const limits = createAttemptLimits({ attempts: store.attempts, now })
  for (let count = 0; count < REGISTRATIONS; count += 1) {
    expect(await limits.count('register-address', after)).toBe(0)
  }
  const waitMs = await limits.count('register-address', address)
  await store.close()
  return waitMs
}

describe('attempts from an address', () => {
  it.each([
    ['203.0.113.1', '203.0.113.1'],
    ['203.0.113.1:50001', '203.0.113.1:50002'],
    ['203.0.113.1', '203.0.113.1:50002'],
    ['[2001:db8:1:2::1]:50001', '[2001:db8:1:2::2]:50002'],
    ['2001:db8:1:2::1', '2001:db8:1:2::2'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::'],
    ['2001:0DB8:0001:0002::7', '2001:db8:1:2::1'],
    ['2001:db8::7', '2001:db8:0:0:1::1'],
    ['fe80::1%eth0', 'fe80::2'],
  ])('count for %s what %s has done', async (address, after) => {
    expect(await waitOf(address, after)).toBeGreaterThan(0)
  })

  it.each([
    ['203.0.113.1', '203.0.113.2'],
    ['203.0.113.1:50001', '203.0.113.2:50001'],
    ['2001:db8:1:2::1', '2001:db8:1:3::1'],
    ['::ffff:203.0.113.1', '::ffff:203.0.113.2'],
  ])('count apart for %s and %s', async (address, after) => {
    expect(await waitOf(address, after)).toBe(0)
  })
})
