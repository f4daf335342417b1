import { describe, expect, it } from '@jest/globals'
import {
  byteLength,
  cutText,
  joinTexts,
  toOneLine,
  toParagraphs,
  toTitle,
} from '../../../codegen/tool/texts.ts'

describe('toOneLine', () => {
  it('removes what cannot be seen', () => {
    expect(toOneLine('a\u{e0100}\u3164\u0000\u001b[31m\u200b\u202e\ufeffb\u2028c\t\n d')).toBe(
      'a [31mb c d',
    )
  })
})

describe('toParagraphs', () => {
  it('keeps lines, and no more than one empty one', () => {
    expect(toParagraphs('a \r\nb\n\n\n\n c\u0007')).toBe('a\nb\n\nc')
  })
})

describe('cutText', () => {
  it('leaves a short text alone', () => expect(cutText('Short.', 6)).toBe('Short.'))
  it('cuts at the end of a sentence', () =>
    expect(cutText('One sentence. Another one that is long.', 30)).toBe('One sentence.'))
  it('cuts at a word where no sentence ends', () =>
    expect(cutText('one two three four', 14)).toBe('one two…'))
  it('counts bytes and splits no character', () => {
    const cut = cutText('ä😀'.repeat(10), 20)

    expect(byteLength(cut)).toBeLessThanOrEqual(20)
    expect(cut).toMatch(/^(?:ä😀)+ä?…$/u)
  })
})

describe('joinTexts', () => {
  it.each([
    ['both', 'List boats', 'Newest first.', 'List boats. Newest first.'],
    ['the details that begin with it', 'List boats.', 'List boats by age.', 'List boats by age.'],
    ['one of two that are the same', 'List boats', 'List boats', 'List boats.'],
    ['the summary that says more', 'List boats by age', 'List boats', 'List boats by age.'],
    ['both where only a word begins alike', 'List boat', 'List boats.', 'List boat. List boats.'],
    ['the summary alone', 'List boats', '', 'List boats.'],
    ['the details alone', '', 'All boats', 'All boats'],
    ['nothing', '', '', ''],
  ])('gives %s', (_what, summary, details, text) => {
    expect(joinTexts(summary, details)).toBe(text)
  })
})

describe('toTitle', () => {
  it.each([
    ['Lists boats.', 'Lists boats'],
    ['Lists boats…', 'Lists boats…'],
    ['Boats...', 'Boats...'],
    ['.', '.'],
  ])('makes a title of %j', (text, title) => expect(toTitle(text)).toBe(title))
})
