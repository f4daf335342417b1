import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { diffWords, type Piece } from '../../../server/console/tools/text/diff-words.ts'

/** One of the two texts, out of what both come to. */
function textOf(pieces: readonly Piece[], without: 'del' | 'ins'): string {
  return pieces
    .filter(({ tag }) => tag !== without)
    .map(({ text }) => text)
    .join('')
}

describe('the comparison of two texts', () => {
  it.each([
    ['the same', 'a b', 'a b', [['span', 'a b']]],
    [
      'a word more',
      'a c',
      'a b c',
      [
        ['span', 'a '],
        ['ins', 'b '],
        ['span', 'c'],
      ],
    ],
    [
      'a word less',
      'a b c',
      'a c',
      [
        ['span', 'a '],
        ['del', 'b '],
        ['span', 'c'],
      ],
    ],
    ['nothing before', '', 'a', [['ins', 'a']]],
    ['nothing after', 'a', '', [['del', 'a']]],
  ])('tells %s', (_title, before, after, want) => {
    const pieces = diffWords(before, after)

    expect(pieces.map(({ tag, text }) => [tag, text])).toEqual(want)
  })

  it('loses nothing of either text', () => {
    const words = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'c d'), { maxLength: 30 })
    const text = words.map((each) => each.join(''))

    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffWords(before, after)
        expect([textOf(pieces, 'ins'), textOf(pieces, 'del')]).toEqual([before, after])
      }),
    )
  })
})
