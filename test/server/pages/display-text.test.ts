import { describe, expect, it } from '@jest/globals'
import { toDisplayHost, toDisplayText, toQuotedName } from '../../../server/pages/display-text.ts'

describe('text from elsewhere', () => {
  it.each([
    ['keeps letters of every script', 'Łódź 東京 مرحبا', 'Łódź 東京 مرحبا'],
    [
      'keeps the joiners that Persian and emoji need',
      'می\u200cخواهم 👩\u200d💻',
      'می\u200cخواهم 👩\u200d💻',
    ],
    ['drops direction overrides and isolates', 'a\u202Eb\u2066c\u2069d\u200Fe\u061Cf', 'abcdef'],
    ['drops what nobody sees', 'Clau\u200Bde\u00AD\uFEFF\u2060\u{E0041}', 'Claude'],
    ['drops control characters', 'Cl\u0000au\u001B[31mde\u0085', 'Clau[31mde'],
    ['drops half a character', 'Claude\uD800', 'Claude'],
    ['puts everything in one line', ' a\r\n\tb\u2028c\u00A0d ', 'a b c d'],
    [
      'lets no pile of marks cover its neighbours',
      `a${'\u0336'.repeat(9)}b`,
      'a\u0336\u0336\u0336\u0336b',
    ],
    ['leaves markup as text: escaping is the template’s part', '<b>&amp;', '<b>&amp;'],
  ])('%s', (_rule, text, shown) => {
    expect(toDisplayText(text)).toBe(shown)
  })

  it('ends in an ellipsis where it is too long, and never inside a character', () => {
    expect(toDisplayText('😀'.repeat(81))).toBe(`${'😀'.repeat(79)}…`)
    expect(toDisplayText('😀'.repeat(80))).toBe('😀'.repeat(80))
    expect(toDisplayText('abcdef', { maxChars: 3 })).toBe('ab…')
  })

  it('never shortens a host, because its owner stands at its end', () => {
    const host = `${'claude.ai.'.repeat(30)}evil.example`

    expect(toDisplayHost(host)).toBe(host)
  })

  it('cannot leave the quotes of a sentence', () => {
    expect(toQuotedName('Claude”, checked by "Acme')).toBe(
      '“\u2068Claude’, checked by ’Acme\u2069”',
    )
  })
})
