import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { daysAt, isTimeZone } from '../../../../server/mcp/context/days.ts'

const DAY_MS = 86_400_000
const ZONES = [
  'Europe/Warsaw',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'UTC',
] as const

describe('the days of a moment', () => {
  it.each<[what: string, moment: string, zone: string | null, today: string]>([
    ['no known zone', '2026-11-20T23:59:59Z', null, '2026-11-20'],
    ['a day that has begun in the east', '2026-11-20T23:00:00Z', 'Europe/Warsaw', '2026-11-21'],
    [
      'a day that is not over in the west',
      '2026-11-21T04:59:59Z',
      'America/New_York',
      '2026-11-20',
    ],
    ['a year that has begun', '2026-12-31T10:00:00Z', 'Pacific/Kiritimati', '2027-01-01'],
    ['a year that is not over', '2027-01-01T04:00:00Z', 'America/New_York', '2026-12-31'],
    ['the hour that is left out', '2026-03-29T01:00:00Z', 'Europe/Warsaw', '2026-03-29'],
    ['the hour that comes twice', '2026-10-25T00:30:00Z', 'Europe/Warsaw', '2026-10-25'],
    ['the end of a day of 25 hours', '2026-10-25T22:59:59Z', 'Europe/Warsaw', '2026-10-25'],
    ['the end of a day of 23 hours', '2026-03-29T22:00:00Z', 'Europe/Warsaw', '2026-03-30'],
  ])('know today with %s', (_what, moment, zone, today) => {
    expect(daysAt(Date.parse(moment), zone).today).toBe(today)
  })

  it('are those of the month, the quarter and the year', () => {
    expect(daysAt(Date.parse('2028-02-10T12:00:00Z'), 'Europe/Warsaw')).toEqual({
      today: '2028-02-10',
      monthStart: '2028-02-01',
      monthEnd: '2028-02-29',
      quarterStart: '2028-01-01',
      yearStart: '2028-01-01',
      in30Days: '2028-03-11',
    })
    expect(daysAt(Date.parse('2026-12-31T12:00:00Z'), null)).toEqual({
      today: '2026-12-31',
      monthStart: '2026-12-01',
      monthEnd: '2026-12-31',
      quarterStart: '2026-10-01',
      yearStart: '2026-01-01',
      in30Days: '2027-01-30',
    })
  })

  it('fit together at every moment everywhere', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.constantFrom(...ZONES),
        (moment, timeZone) => {
          const days = daysAt(moment.getTime(), timeZone)
          const daysTo = (day: string) => (Date.parse(day) - Date.parse(days.today)) / DAY_MS

          // Sweden writes its dates as ISO 8601 does.
          expect(days.today).toBe(moment.toLocaleDateString('sv-SE', { timeZone }))
          expect(days.monthStart).toBe(`${days.today.slice(0, 7)}-01`)
          expect(days.monthEnd.slice(0, 7)).toBe(days.today.slice(0, 7))
          const next = new Date(Date.parse(days.monthEnd) + DAY_MS).toISOString()
          expect(next.slice(8, 10)).toBe('01')
          expect(days.yearStart).toBe(`${days.today.slice(0, 4)}-01-01`)
          expect(days.quarterStart).toMatch(/-(?:01|04|07|10)-01$/)
          expect(daysTo(days.quarterStart)).toBeLessThanOrEqual(0)
          expect(daysTo(days.quarterStart)).toBeGreaterThan(-92)
          expect(daysTo(days.in30Days)).toBe(30)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('a time zone', () => {
  it.each(['Europe/Warsaw', 'UTC', 'america/new_york'])('may be %s', (name) => {
    expect(isTimeZone(name)).toBe(true)
  })

  it.each(['', 'Warsaw', 'Europe/Atlantis', 'CET+1', '../etc/localtime', 'Europe/Warsaw '])(
    'is not %p',
    (name) => {
      expect(isTimeZone(name)).toBe(false)
    },
  )
})
