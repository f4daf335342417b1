import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compareValues } from '../../../../server/intents/reduce/compare.ts'
import { group } from '../../../../server/intents/reduce/group.ts'
import { sort } from '../../../../server/intents/reduce/sort.ts'
import { top } from '../../../../server/intents/reduce/top.ts'
import { where } from '../../../../server/intents/reduce/where.ts'

const SCOPE = { arguments: {}, context: {}, steps: {} }
/** Amounts in whole cents, as the naive versions count them. */
const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
const rows = fc.array(
  fc.record({ cents, currency: fc.constantFrom('EUR', 'USD', 'PLN'), serial: fc.nat(5) }),
  { maxLength: 60 },
)
const anyValue = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.string({ maxLength: 4 }),
  fc.constantFrom('1', '1.0', '01', '-2', '10', '9'),
  fc.array(fc.nat(2), { maxLength: 2 }),
)

describe('a reduction of any rows', () => {
  it('adds up as whole cents add up', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const money = given.map((row) => ({ ...row, amount: row.cents / 100 }))
        const sums = new Map<string, number>()
        for (const row of given) sums.set(row.currency, (sums.get(row.currency) ?? 0) + row.cents)

        const grouped = group(money, {
          by: ['currency'],
          sum: { total: 'amount' },
          min: {},
          max: {},
        })

        expect(grouped).toEqual(
          [...sums].map(([currency, sum]) => ({ currency, total: sum === 0 ? 0 : sum / 100 })),
        )
      }),
    )
  })

  it('counts every row in exactly one group', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const groups = group(given, {
          by: ['currency', 'serial'],
          sum: {},
          min: {},
          max: {},
          count: 'n',
        })

        expect(groups.reduce((sum, { n }) => sum + Number(n), 0)).toBe(given.length)
        for (const { currency, serial, n } of groups) {
          const same = given.filter((row) => row.currency === currency && row.serial === serial)
          expect(n).toBe(same.length)
        }
      }),
    )
  })

  it('orders any two values, and any three without a contradiction', () => {
    fc.assert(
      fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
        expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) + 0)
        expect(compareValues(a, a)).toBe(0)
        if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) {
          expect(compareValues(a, c)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('sorts without losing a row, and leaves equal ones as they stood', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ key: fc.nat(3), serial: fc.nat() })), (given) => {
        const sorted = sort(given, [{ by: 'key', order: 'descending' }])

        const naive = [3, 2, 1, 0].flatMap((key) => given.filter((row) => row.key === key))
        expect(sorted).toEqual(naive)
      }),
    )
  })

  it('keeps the first of each group, and nothing else', () => {
    fc.assert(
      fc.property(rows, fc.nat(4), (given, count) => {
        const kept = top(given, { count, per: ['currency'] }, SCOPE)

        const naive = given.filter(
          ({ currency }, index) =>
            given.slice(0, index).filter((row) => row.currency === currency).length < count,
        )
        expect(kept).toEqual(naive)
      }),
    )
  })

  it('keeps what lies between two bounds', () => {
    fc.assert(
      fc.property(rows, cents, cents, (given, from, to) => {
        const kept = where(given, { field: 'cents', from, to }, SCOPE)

        expect(kept).toEqual(given.filter((row) => row.cents >= from && row.cents <= to))
      }),
    )
  })
})
