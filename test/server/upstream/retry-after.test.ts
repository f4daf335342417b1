import { describe, expect, it } from '@jest/globals'
import { parseRetryAfter } from '../../../server/upstream/retry-after.ts'

const NOW = Date.parse('2026-11-20T12:00:00Z')

describe('parseRetryAfter', () => {
  it.each([
    ['7', 7],
    [' 0 ', 0],
    ['99999999', 86_400],
    ['Fri, 20 Nov 2026 12:00:30 GMT', 30],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['2026-11-20', null],
    ['', null],
    [null, null],
  ])('reads %j as %j', (header, seconds) => {
    expect(parseRetryAfter(header, NOW)).toBe(seconds)
  })
})
