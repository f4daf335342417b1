import { describe, expect, it } from '@jest/globals'
import {
  byteLength,
  cutText,
  toOneLine,
  toParagraphs,
  toPlainText,
} from '../../../codegen/tool/texts.ts'

describe('toPlainText', () => {
  it.each([
    ['headings and rules', '# Title\n\ntext\n\n---\nmore', 'Title text more'],
    ['emphasis', '**bold**, *soft*, __bold__ and _soft_', 'bold, soft, bold and soft'],
    ['code', 'Use `a_b` or\n```json\n{}\n```', 'Use a_b or {}'],
    ['links and pictures', '[a page](https://x.example/a "b") ![pic](b.png)', 'a page pic'],
    ['lists and quotes', '- one\n* two\n> three', 'one two three'],
    ['tables', '| a | b |\n|---|---|\n| 1 | 2 |', '| a | b | | 1 | 2 |'],
    ['HTML', '<p>One<br/>two</p><script>x</script> <b>th</b>ree<!-- four -->', 'One two x three'],
    ['entities', 'a &lt; b &amp; c', 'a < b & c'],
  ])('removes the marks of %s', (_what, text, plain) => {
    expect(toPlainText(text)).toBe(plain)
  })

  it.each(['snake_case_name', '2 * 3 * 4', 'a <id> of it', 'x < y > z', '10% of #1', 'a-b - c'])(
    'leaves %s alone',
    (text) => expect(toPlainText(text)).toBe(text),
  )

  it.each(['[', '**a', '<a ', '_a', '`', '<!--', '| --- |', '![]('])(
    'comes to an end with text that is made to take for ever: %s',
    (part) =>
      expect(toPlainText(part.repeat(20_000)).length).toBeLessThanOrEqual(part.length * 20_000),
  )
})

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
