import { describe, expect, it } from '@jest/globals'
import { intentSchema } from '../../../../server/intents/contract.ts'
import { describeSteps } from '../../../../server/mcp/prompts/describe-steps.ts'

const intent = {
  name: 'cash',
  ...intentSchema.parse({
    title: 'Cash',
    description: 'What is there.',
    utterances: ['how much cash is there'],
    arguments: {
      since: { description: 'From.', type: 'date', default: { pointer: '/context/monthStart' } },
      count: { description: 'How many.', type: 'integer', default: 5 },
      customer: { description: 'Of whom.', type: 'string', optional: true },
    },
    steps: [
      { name: 'accounts', tool: 'bankAccounts.list' },
      {
        ...{ name: 'moves', tool: 'transactions.list', pages: 3 },
        arguments: {
          bookedFrom: { pointer: '/arguments/since' },
          limit: { pointer: '/arguments/count' },
          q: { pointer: '/arguments/customer' },
          direction: 'in',
          currency: { pointer: '/context/baseCurrency' },
        },
      },
      {
        ...{ name: 'details', tool: 'bankAccounts.get' },
        arguments: { id: { pointer: '/item/bank/id' }, all: { pointer: '/steps/moves' } },
        forEach: { in: '/steps/accounts/data', max: 20 },
      },
      { name: 'plain', tool: 'taxGroups.list', arguments: { on: { pointer: '/item' } } },
    ],
    result: { rows: '/steps/moves/data', note: 'Amounts are per currency.' },
  }),
}

describe('the steps of an intent, in words', () => {
  it('say which tool comes when, and what each is called with', () => {
    const text = describeSteps(
      intent,
      new Map([['customer', 'Acme "North"']]),
      (tool) => `<${tool}>`,
    )

    expect(text).toBe(
      [
        'Call these tools in this order, and answer from what they give:',
        '1. <bankAccounts.list> without arguments',
        '2. <transactions.list> with bookedFrom = the first day of this month, limit = 5, q = "Acme \\"North\\"", direction = "in", currency = the organization\'s base currency, reading 3 pages at most',
        '3. <bankAccounts.get> with id = bank.id of each, all = the answer of step 2, once for each of data of step 1 (the first 20)',
        '4. <taxGroups.list> with on = each',
        'Amounts are per currency.',
      ].join('\n'),
    )
  })

  it('leave out what was not given and has no default', () => {
    expect(describeSteps(intent, new Map(), String)).not.toContain('q =')
  })

  it('have what was given in place of a default', () => {
    const text = describeSteps(
      intent,
      new Map<string, unknown>([
        ['since', '2026-01-01'],
        ['count', 7],
      ]),
      String,
    )

    expect(text).toContain('bookedFrom = "2026-01-01", limit = 7')
  })
})
