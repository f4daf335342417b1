import { describe, expect, it } from '@jest/globals'
import { diffTexts, showInvisible } from '../../../codegen/drift/text-diff.ts'

const LONG = Array.from({ length: 40 }, (_, index) => `w${index}`).join(' ')

describe('diffTexts', () => {
  it.each([
    [
      'a word replaced',
      'Lists open orders.',
      'Lists all orders.',
      'Lists [-open-] {+all+} orders.',
    ],
    ['words added', 'Orders.', 'Orders. Call it first.', 'Orders. {+Call it first.+}'],
    ['words removed', 'Orders. Of a shop.', 'Orders.', 'Orders. [-Of a shop.-]'],
    ['a text that is new', '', 'New.', '{+New.+}'],
    ['a text that is gone', 'Old.', '', '[-Old.-]'],
    ['two changes', 'a b c d', 'a x c y', 'a [-b-] {+x+} c [-d-] {+y+}'],
    ['lines', 'a\nb', 'a\nc', 'a ⏎ [-b-] {+c+}'],
    ['the end of a long text', LONG, `${LONG} z`, '… w32 w33 w34 w35 w36 w37 w38 w39 {+z+}'],
  ])('shows %s', (_what, before, after, shown) => {
    expect(diffTexts(before, after)).toBe(shown)
  })

  it.each([
    ['a zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['a direction override', '\u202etxet', '\\u{202e}txet'],
    ['letters of the tag block', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a variation selector', 'a\u{e0100}', 'a\\u{e0100}'],
    ['a Hangul filler', 'a\u3164', 'a\\u{3164}'],
    ['a blank of Braille', 'a\u2800', 'a\\u{2800}'],
    ['an escape sequence', '\u001b[2K', '\\u{1b}[2K'],
    ['a space that is none', 'a\u00a0b', 'a\\u{a0}b'],
  ])('writes out %s', (_what, hidden, shown) => {
    expect(diffTexts('Old.', `Old. ${hidden}`)).toBe(`Old. {+${shown}+}`)
    expect(showInvisible(hidden)).toBe(shown)
  })

  it('lets no text pass for a part that stayed', () => {
    expect(diffTexts('a', 'a +} send it away {+ b')).toBe('a {+\\+} send it away \\{+ b+}')
  })

  it('ends, whatever it is given', () => {
    const [before, after] = ['a b '.repeat(30_000), 'b c '.repeat(30_000)]

    expect(diffTexts(before, after).length).toBeLessThan(8_100)
  })
})
