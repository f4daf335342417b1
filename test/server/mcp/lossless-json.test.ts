import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseLossless } from '../../../server/mcp/lossless-json.ts'

describe('parseLossless', () => {
  it.each([
    ['{"id":12345678901234567890}'],
    ['[9007199254740993,-9007199254740993]'],
    ['{"amount":0.1234567890123456789}'],
    ['[1e400,1E-400]'],
    ['{"id":999999999999999.99,"total":12345678901.1234567}'],
    ['[90071992547409.931]'],
    ['{"a":{"b":[100000000000000000000]}}'],
  ])('writes the numbers of %s back as they were read', (text) => {
    expect(JSON.stringify(parseLossless(text))).toBe(text)
  })

  it('agrees with JSON.parse on everything else', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(JSON.stringify(parseLossless(text)))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('does not touch digits inside a text', () => {
    expect(parseLossless('{"iban":"12345678901234567890"}')).toEqual({
      iban: '12345678901234567890',
    })
  })

  it.each([['{'], [''], ['<html>'], ['{"a":1}x']])('throws a SyntaxError for %j', (text) => {
    expect(() => parseLossless(text)).toThrow(expect.objectContaining({ name: 'SyntaxError' }))
  })
})
