import { describe, expect, it } from '@jest/globals'
import { toModelText } from '../../../server/texts/model-text.ts'
import { parseToolText } from '../../../server/texts/parse-tool-text.ts'

describe('a text that somebody wrote for a tool', () => {
  it.each([
    ['  Bills.\r\n\r\nAll of them.\t \r', '', 'Bills.\n\nAll of them.', null],
    ['Cafe\u0301', ' \n ', 'Caf\u00e9', null],
    ['Faktury — łącznie 💶', 'Użyj.', 'Faktury — łącznie 💶', 'Użyj.'],
    ['<b>{{x}}</b>', '`code`', '<b>{{x}}</b>', '`code`'],
    ['a'.repeat(2_048), '', 'a'.repeat(2_048), null],
    ['a'.repeat(1_023), 'b'.repeat(1_023), 'a'.repeat(1_023), 'b'.repeat(1_023)],
  ])('is taken: %j and %j', (description, instructions, parsed, use) => {
    expect(parseToolText({ description, instructions })).toEqual({
      text: { description: parsed, instructions: use },
      problems: [],
    })
  })

  it.each([
    ['', 'Use it.', 'description', /Write what the tool is for/],
    [' \n ', '', 'description', /generated text/],
    ['a'.repeat(2_049), '', 'description', /2,049 bytes.*2,048: shorten it/],
    ['ł'.repeat(1_025), '', 'description', /2,050 bytes/],
    ['Bills.', 'b'.repeat(2_049), 'instructions', /2,049 bytes/],
    ['a'.repeat(1_024), 'b'.repeat(1_023), 'instructions', /together have 2,049 bytes/],
    ['Bills\u0000', '', 'description', /U\+0000\): remove it/],
    ['Bills\u001b[2J', '', 'description', /U\+001B/],
    ['Bills', 'Use\u202eit', 'instructions', /U\+202E/],
    ['Bills\u200b', '', 'description', /U\+200B/],
    ['Bills\u{e0041}', '', 'description', /U\+E0041/],
    ['Bills\u2028all', '', 'description', /U\+2028/],
    ['Bills \ud800', '', 'description', /U\+D800/],
    ['Bills \ufdd0', '', 'description', /U\+FDD0/],
    ['Bills', 'a\u0085b', 'instructions', /U\+0085/],
  ])(
    'is refused, with its field and what to do: %j and %j',
    (description, instructions, field, what) => {
      const { text, problems } = parseToolText({ description, instructions })

      expect(text).toBeNull()
      expect(problems).toEqual([{ field, what: expect.stringMatching(what) }])
    },
  )

  it('tells all that is wrong', () => {
    const { problems } = parseToolText({ description: '', instructions: 'a\u0007' })

    expect(problems.map(({ field }) => field)).toEqual(['description', 'instructions'])
  })

  it('is read by a model in two paragraphs, or in one where there are no instructions', () => {
    expect(toModelText({ description: 'Bills.', instructions: 'Use it.' })).toBe(
      'Bills.\n\nUse it.',
    )
    expect(toModelText({ description: 'Bills.', instructions: null })).toBe('Bills.')
  })
})
