import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { escapeJson } from '../../../server/mcp/escape-json.ts'

/** Pieces that JSON is made of, and some that are nearly right. */
const PIECES = [
  ...['{', '}', '[', ']', ',', ':', '"', '"key":', '"a"', '\\', '\\"', '\\u00e9', '\\u12', '\\x'],
  ...['0', '01', '-', '-0', '1.5', '1.', '.5', '1e5', '1E+400', '1e', '12345678901234567890'],
  ...['true', 'tru', 'false', 'null', 'nul', ' ', '\n', '\t', '\r', '\f', '\u00a0', 'é', '🧾'],
  ...['\u0001', '\u007f', '\u2028', ''],
]

/** What the platform makes of a text, if it is JSON. */
function escapedBy(text: string): string | undefined {
  try {
    JSON.parse(text)
  } catch {
    return undefined
  }
  return JSON.stringify(text).slice(1, -1)
}

function escape(text: string) {
  const found = escapeJson(Buffer.from(text))
  if (found === null) return null
  const { latin1, hasLongNumber } = found
  return { escaped: Buffer.from(latin1, 'latin1').toString(), hasLongNumber }
}

describe('escapeJson', () => {
  it('escapes what JSON.parse finds JSON as JSON.stringify does, and nothing else', () => {
    const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 })
    fc.assert(
      fc.property(texts, (pieces) => {
        const text = pieces.join('')
        expect([text, escape(text)?.escaped]).toEqual([text, escapedBy(text)])
      }),
      { numRuns: 20_000 },
    )
  })

  it('takes whatever JSON.stringify writes, with a piece put in or left out anywhere', () => {
    const cases = fc.tuple(fc.jsonValue(), fc.nat(), fc.nat(3), fc.constantFrom(...PIECES))
    fc.assert(
      fc.property(cases, ([value, at, cut, piece]) => {
        const whole = JSON.stringify(value, null, at % 3)
        const place = at % (whole.length + 1)
        const text = `${whole.slice(0, place)}${piece}${whole.slice(place + cut)}`.toWellFormed()
        expect(escape(whole)?.escaped).toBe(escapedBy(whole))
        expect([text, escape(text)?.escaped]).toEqual([text, escapedBy(text)])
      }),
      { numRuns: 5_000 },
    )
  })

  it.each([
    ['[1, -2.5, 123456789012345]', false],
    ['"1234567890123456789"', false],
    ['{"1234567890123456789":"1e400"}', false],
    ['[1234567890123456]', true],
    ['[-0.1234567890123456]', true],
    ['1e400', true],
    ['1E5', true],
  ])('says of %s whether a double may not hold a number in it: %s', (text, hasLongNumber) => {
    expect(escape(text)).toMatchObject({ hasLongNumber })
  })

  it('never says of a number that it is safe where a double changes it', () => {
    const numbers = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/)
    fc.assert(
      fc.property(numbers, (text) => {
        const isChanged = String(Number(text)) !== text.replace(/\.?0+$/, '') && text.length > 15
        if (isChanged) expect(escape(text)).toMatchObject({ hasLongNumber: true })
      }),
    )
  })

  it('needs no stack for what nests deeply', () => {
    const depth = 200_000

    expect(escape('['.repeat(depth) + ']'.repeat(depth))).not.toBeNull()
    expect(escape('['.repeat(depth))).toBeNull()
  })
})
