import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { loadConnector } from '../../../server/connector.ts'
import {
  toIntentCandidate,
  toToolCandidate,
  type Candidate,
} from '../../../server/intents/candidate.ts'
import { intentSchema } from '../../../server/intents/contract.ts'
import { createRouter } from '../../../server/intents/router.ts'
import { toLine } from '../../../server/intents/to-line.ts'

const { connector } = await loadConnector('flowtly')
const TOOLS = connector.tools.map((tool) => toToolCandidate(tool, ''))

const INTENT = toIntentCandidate({
  name: 'topDebtors',
  ...intentSchema.parse({
    title: 'Who owes the most',
    description: 'Ranks clients by what they have not paid yet.',
    utterances: ['Who owes us the most money?', 'our biggest debtors'],
    arguments: { count: { description: 'How many clients.', type: 'integer', default: 5 } },
    steps: [{ name: 'unpaid', tool: 'invoices.list' }],
    result: { rows: '/steps/unpaid/data', note: 'Archived ones are left out.' },
  }),
})

const ALL = { limit: 50, isShown: () => true }

function rank(utterance: string, candidates: readonly Candidate[] = [...TOOLS, INTENT]) {
  return createRouter(() => candidates).rank(utterance, ALL)
}

function candidate(name: string, texts: Partial<Candidate>): Candidate {
  return {
    ...{ kind: 'tool', name, title: '', description: '', instructions: '', utterances: '' },
    ...{ arguments: '', answer: '', group: '', isRecord: false, ...texts },
  }
}

describe('the router', () => {
  it.each([
    ['Who do we buy from?', 'suppliers.list'],
    ['our biggest debtors', 'topDebtors'],
    ['What VAT rates are there?', 'taxGroups.list'],
    ['payment schedule of contract ctr_9', 'contracts.paymentScheduleLines'],
    ['bankAccounts', 'bankAccounts.list'],
    ['contracts_get', 'contracts.get'],
  ])('finds for %j: %s', (utterance, name) => {
    expect(rank(utterance)[0]?.name).toBe(name)
  })

  it('tells what each suggestion is, in one line', () => {
    const [first] = rank('our biggest debtors')

    expect(first).toEqual({
      kind: 'intent',
      name: 'topDebtors',
      title: 'Who owes the most',
      line: 'Ranks clients by what they have not paid yet.',
      score: expect.any(Number),
    })
  })

  it('puts equals in name order, whatever their order was', () => {
    const equals = ['c.get', 'a.get', 'b.get'].map((name) =>
      candidate(name, { title: 'Ships', description: 'Ships at sea' }),
    )

    for (const order of [equals, equals.toReversed()]) {
      expect(rank('ships', order).map(({ name }) => name)).toEqual(['a.get', 'b.get', 'c.get'])
    }
  })

  it('knows a tool from an intent of the same name', () => {
    const both = (['tool', 'intent'] as const).map((kind) =>
      candidate('a', { kind, title: 'Ship' }),
    )

    expect(rank('ship', both).map(({ kind }) => kind)).toEqual(['intent', 'tool'])
  })

  it.each<[string, Partial<Candidate>]>([
    ['its name', { name: 'harbour.list' }],
    ['its title', { title: 'Harbours' }],
    ['its description', { description: 'What lies in the harbour.' }],
    ['its instructions', { instructions: 'Use it for a harbour.' }],
    ['how people ask', { utterances: 'Which harbour?' }],
    ['its arguments', { arguments: 'harbourId' }],
    ['its answer', { answer: 'harbour.name' }],
    ['its group', { group: 'Harbours' }],
  ])('looks into %s', (_where, texts) => {
    const both = [candidate('x', { title: 'Something else' }), candidate('y', texts)]

    expect(rank('harbours', both)).toHaveLength(1)
  })

  it('prefers a tool that reads one record where the question names one', () => {
    const list = candidate('all', { title: 'Ship' })
    const get = candidate('one', { title: 'Ship', isRecord: true })
    const first = (utterance: string) => rank(utterance, [list, get])[0]?.name

    expect(first('ship sh_12')).toBe('one')
    expect(first('ship #12')).toBe('one')
    expect(first('ship 12')).toBe('one')
    expect(first('ships of 2026')).toBe('all')
    expect(first('which ships are there?')).toBe('all')
  })

  it('knows what people say for what APIs call otherwise, and prefers what was said', () => {
    const [bills, invoices] = [
      candidate('b', { title: 'Bills' }),
      candidate('i', { title: 'Invoices' }),
    ]

    expect(rank('bills', [invoices])).toHaveLength(1)
    expect(rank('bills', [invoices, bills]).map(({ name }) => name)).toEqual(['b', 'i'])
  })

  it('takes a word that nobody has for one that is like it, and no other', () => {
    const ships = [candidate('s', { title: 'Ships' }), candidate('h', { title: 'Shapes' })]

    expect(rank('shapess', ships).map(({ name }) => name)).toEqual(['h'])
    expect(rank('shapes', ships).map(({ name }) => name)).toEqual(['h'])
  })

  it('asks after ranking who may see what, so that hiding one changes no order', () => {
    const router = createRouter(() => TOOLS)
    const names = (isShown: (name: string) => boolean) =>
      router
        .rank('which invoices and contracts are due?', {
          limit: 50,
          isShown: (each) => isShown(each.name),
        })
        .map(({ name }) => name)
    const all = names(() => true)

    expect(all.length).toBeGreaterThan(5)
    for (const hidden of all) {
      expect(names((name) => name !== hidden)).toEqual(all.filter((name) => name !== hidden))
    }
  })

  it('gives no more than it is asked for', () => {
    const router = createRouter(() => TOOLS)

    expect(router.rank('list', { ...ALL, limit: 2 })).toHaveLength(2)
  })

  it('makes its index once, when it is first asked', () => {
    let made = 0
    const router = createRouter(() => {
      made += 1
      return TOOLS
    })
    expect(made).toBe(0)

    router.rank('invoices', ALL)
    router.rank('contracts', ALL)

    expect(made).toBe(1)
  })

  it('has nothing to say to what it does not know, and answers anything', () => {
    expect(rank('')).toEqual([])
    expect(rank('what is it?')).toEqual([])
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (utterance) => {
        const found = rank(utterance, TOOLS)
        const sorted = found.toSorted((a, b) => b.score - a.score)

        expect(found).toEqual(sorted)
        expect(rank(utterance, TOOLS)).toEqual(found)
      }),
      { numRuns: 50 },
    )
  })
})

describe('toLine', () => {
  it.each([
    ['List ships. Lists all ships.\n\nNewest first.', 'List ships. Lists all ships. Newest first.'],
    [`One. ${'X'.repeat(160)}.`, 'One.'],
    [`${'x'.repeat(170)}.`, `${'x'.repeat(159)}…`],
    [`${'x'.repeat(158)}😀 and more`, `${'x'.repeat(158)}…`],
    ['Version 1.2 is e.g. this', 'Version 1.2 is e.g. this'],
    ['', ''],
  ])('makes a line of %j', (text, line) => {
    expect(toLine(text)).toBe(line)
  })
})
