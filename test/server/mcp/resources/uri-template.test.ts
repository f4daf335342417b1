import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { compileUriTemplate, encodeSegment } from '../../../../server/mcp/resources/uri-template.ts'
import { anyCharacter } from '../../../support/any-character.ts'

const TEMPLATE = compileUriTemplate('shop://orders/{shop}/lines/{no}')
const anyText = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 20 })

describe('a template', () => {
  it('knows what it begins with, and its arguments', () => {
    expect(TEMPLATE).toMatchObject({ fixed: 'shop://orders/', names: ['shop', 'no'] })
  })

  it('matches no URI where it has no argument: that is compared as it is', () => {
    expect(compileUriTemplate('shop://orders').match('shop://orders')).toBeNull()
  })

  it('takes its fixed parts as they stand', () => {
    const template = compileUriTemplate('shop://a.b/{id}')

    expect(template.match('shop://a.b/1')).toEqual({ id: '1' })
    expect(template.match('shop://aXb/1')).toBeNull()
  })

  it('reads every value that can be written, and nothing else than was written', () => {
    fc.assert(
      fc.property(anyText, anyText, (shop, no) => {
        const segments = [encodeSegment(shop), encodeSegment(no)]
        if (segments.includes(null)) return
        const uri = `shop://orders/${segments[0]}/lines/${segments[1]}`
        expect(TEMPLATE.match(uri)).toEqual({ shop, no })
      }),
      { numRuns: 2_000 },
    )
  })

  it('reads a URI in one spelling only', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 30 }), (rest) => {
        const found = compileUriTemplate('shop://orders/{id}').match(`shop://orders/${rest}`)
        if (found !== null) expect(encodeSegment(found['id'] ?? '')).toBe(rest)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a segment', () => {
  it.each([
    ['inv_1', 'inv_1'],
    ['a.b-c~d', 'a.b-c~d'],
    ['a b', 'a%20b'],
    ["!'()*", '%21%27%28%29%2A'],
    ['a/b', 'a%2Fb'],
    ['ł', '%C5%82'],
    ['100%', '100%25'],
    ['x'.repeat(1_000), 'x'.repeat(1_000)],
  ])('writes %j as %s', (value, segment) => {
    expect(encodeSegment(value)).toBe(segment)
  })

  it.each([
    '',
    '.',
    '..',
    '../me',
    'a/../b',
    '..\\x',
    'a%2Fb',
    '%2e%2e',
    'a\n',
    '\u0000',
    '\u007F',
    '\u0085',
    '\uD800',
    'x'.repeat(1_001),
  ])('does not write %j', (value) => {
    expect(encodeSegment(value)).toBeNull()
  })

  it.each([
    ['an escaped letter', '%61'],
    ['small hexadecimal digits', 'a%2fb'],
    ['twice encoded', 'a%252Fb'],
    ['no UTF-8', '%FF'],
    ['overlong UTF-8', '%C0%AE%C0%AE'],
    ['half a triplet', 'a%2'],
    ['a reserved character', 'a!'],
    ['a letter beyond ASCII', 'ł'],
    ['an encoded dot segment', '%2E%2E'],
    ['a control character', 'a%0A'],
    ['nothing', ''],
  ])('does not read %s', (_what, segment) => {
    const uri = `shop://orders/${segment}/lines/1`

    expect(TEMPLATE.match(uri)).toBeNull()
  })
})
