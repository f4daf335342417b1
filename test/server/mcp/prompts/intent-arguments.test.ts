import { describe, expect, it } from '@jest/globals'
import type { IntentArgument } from '../../../../server/intents/contract.ts'
import { toPromptArgument, toValue } from '../../../../server/mcp/prompts/intent-arguments.ts'

function argument(facts: Partial<IntentArgument>): IntentArgument {
  return { description: 'One.', type: 'string', optional: false, ...facts }
}

describe('an argument of an intent, as a prompt takes it', () => {
  it.each<[rule: string, facts: Partial<IntentArgument>, expected: object]>([
    ['has to be given', {}, { required: true, values: null, rule: null }],
    ['may be left out where it is optional', { optional: true }, { required: false }],
    ['may be left out where it has a default', { default: 5 }, { required: false }],
    ['is completed by its values', { enum: ['a', 'b'] }, { values: ['a', 'b'] }],
    ['is completed by yes and no', { type: 'boolean' }, { values: ['true', 'false'] }],
  ])('%s', (_rule, facts, expected) => {
    expect(toPromptArgument('one', argument(facts))).toMatchObject({
      ...{ name: 'one', description: 'One.' },
      ...expected,
    })
  })

  it.each<[Partial<IntentArgument>, string, good: readonly string[], bad: readonly string[]]>([
    [{ enum: ['a', 'b'] }, 'one of a, b', ['a', 'b'], ['A', 'c']],
    [{ type: 'boolean' }, 'one of true, false', ['true'], ['yes', 'TRUE', '1']],
    [
      { type: 'date' },
      'a day as YYYY-MM-DD',
      ['2026-02-28', '2024-02-29'],
      ['2026-02-30', '2026-2-3', '26-02-03', 'today', '2026-02-03T00:00:00Z'],
    ],
    [
      { type: 'integer' },
      'a whole number',
      ['0', '-7', '120'],
      ['1.5', '1e3', '', ' 1', '0x1', 'x'],
    ],
    [
      { type: 'integer', minimum: 1, maximum: 50 },
      'a whole number, at least 1, at most 50',
      ['1', '50'],
      ['0', '51', '-1'],
    ],
    [{ type: 'number' }, 'a number', ['1.5', '-0.25', '3'], ['1.', '.5', 'NaN', 'Infinity', '1,5']],
    [{ type: 'number', minimum: 0 }, 'a number, at least 0', ['0.1'], ['-0.1']],
  ])('of %j takes %s', (facts, words, good, bad) => {
    const { rule } = toPromptArgument('one', argument(facts))

    expect(rule?.words).toBe(words)
    for (const text of good) expect([text, rule?.isGood(text)]).toEqual([text, true])
    for (const text of bad) expect([text, rule?.isGood(text)]).toEqual([text, false])
  })

  it.each<[IntentArgument['type'], string, unknown]>([
    ['string', '5', '5'],
    ['date', '2026-11-20', '2026-11-20'],
    ['integer', '5', 5],
    ['number', '-0.5', -0.5],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
  ])('of type %s has for the text %p the value %p', (type, text, value) => {
    expect(toValue(argument({ type }), text)).toBe(value)
  })
})
