import { describe, expect, it } from '@jest/globals'
import { createBudget } from '../../../server/intents/budget.ts'
import { fillArguments, listContextNames } from '../../../server/intents/intent-arguments.ts'
import { createOmissions } from '../../../server/intents/omissions.ts'
import { toIntentInput } from '../../../server/mcp/own-tools/intent-input.ts'
import { toIntent } from '../../support/intents.ts'

const description = 'Any.'

const INTENT = toIntent('any', {
  arguments: {
    day: { description, type: 'date', default: { pointer: '/context/monthEnd' } },
    until: { description, type: 'date', default: { pointer: '/context/in30Days' } },
    currency: { description, type: 'string', default: { pointer: '/context/baseCurrency' } },
    count: { description, type: 'integer', default: 3, minimum: 1, maximum: 9 },
    share: { description, type: 'number', optional: true, maximum: 1, examples: [0.5] },
    least: { description, type: 'number', optional: true, minimum: 0 },
    exact: { description, type: 'boolean' },
  },
  steps: [
    {
      name: 'one',
      tool: 'invoices.list',
      arguments: { dueTo: { pointer: '/context/today' }, q: '/context/yearStart' },
    },
  ],
  result: { rows: '/steps/one/data', reduce: [{ pick: { start: '/context/quarterStart' } }] },
})

describe('what an intent has to know of the moment', () => {
  it.each<[string, object, readonly string[]]>([
    ['its steps and its silent arguments', {}, ['today', 'monthEnd', 'in30Days', 'baseCurrency']],
    [
      'its steps only, where every argument is given',
      { day: '2026-01-01', until: '2026-01-01', currency: 'EUR' },
      ['today'],
    ],
  ])('is what is asked for by %s', (_what, given, expected) => {
    expect(listContextNames(INTENT, { ...given })).toEqual(expected)
  })
})

describe('the arguments of an intent', () => {
  it('are filled with defaults, and left out where there is none', () => {
    const context = { monthEnd: '2026-11-30', in30Days: '2026-12-20' }

    expect(fillArguments(INTENT, { exact: false, until: '2026-12-01' }, context)).toEqual({
      ...{ day: '2026-11-30', until: '2026-12-01', count: 3, exact: false },
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['all that there are', { exact: true, count: 1, share: 0.5, least: 0, day: '2026-02-28' }, []],
    ['only what is required', { exact: false }, []],
    ['nothing', {}, ['exact']],
    ['a day that is none', { exact: true, day: '2026-02-29' }, ['day']],
    ['a moment for a day', { exact: true, day: '2026-02-28T00:00:00Z' }, ['day']],
    ['half a count', { exact: true, count: 1.5 }, ['count']],
    ['too small a number', { exact: true, count: 0, least: -1 }, ['count', 'least']],
    ['too large a number', { exact: true, count: 10, share: 1.01 }, ['count', 'share']],
    ['an empty text', { exact: true, currency: '' }, ['currency']],
    ['too long a text', { exact: true, currency: 'x'.repeat(201) }, ['currency']],
    ['a text for a truth', { exact: 'true' }, ['exact']],
  ])('are judged: %s', (_what, given, wrong) => {
    const parsed = toIntentInput(INTENT).safeParse(given)

    expect((parsed.error?.issues ?? []).map(({ path }) => path.join('.'))).toEqual(wrong)
  })
})

describe('what is left out', () => {
  it('is added up by step and reason, and of unknown number where one is', () => {
    const omissions = createOmissions()
    const lines = { step: 'lines', tool: 'contracts.paymentScheduleLines' }
    omissions.add(lines, 'pages', 10, 12)
    omissions.add(lines, 'pages', 10, 30)
    omissions.add({ step: 'other', tool: 'invoices.list' }, 'pages', 5, 9)
    omissions.add({ step: 'other', tool: 'invoices.list' }, 'pages', 5, null)
    omissions.add(lines, 'items', 1, 2)

    expect(omissions.list()).toMatchObject([
      { step: 'lines', reason: 'pages', shown: 20, total: 42 },
      { step: 'other', reason: 'pages', shown: 10, total: null },
      { step: 'lines', reason: 'items', shown: 1, total: 2 },
    ])
  })
})

describe('the budget of a call', () => {
  it('is a hundred reads, of which some may be reserved', () => {
    const budget = createBudget()
    const taken = Array.from({ length: 120 }, () => budget.take(2)).filter((was) => was)

    expect(taken).toHaveLength(98)
    expect([budget.take(1), budget.take(1), budget.take(0), budget.take(0)]).toEqual([
      ...[true, false, true, false],
    ])
    expect(budget.used()).toBe(100)
  })
})
