import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { asSearched } from '../../../support/connectors.ts'
import { callTool, refusalOf, resultOf, rpc } from '../../../support/rpc.ts'
import { startSwitched } from '../../../support/switched.ts'

let running: Awaited<ReturnType<typeof startSwitched>>

beforeAll(async () => {
  running = await startSwitched({}, asSearched)
})

afterAll(() => running.close())

async function search(args: Readonly<Record<string, unknown>>) {
  return resultOf(await callTool(running.url, 'tools.search', args))
}

async function refusal(args: unknown) {
  return refusalOf(await callTool(running.url, 'tools.search', args))
}

describe('tools.search', () => {
  it('finds tools by what they answer: names, titles, and one line', async () => {
    const found = await search({ query: 'Who do we buy from?', limit: 1 })

    expect(found).toEqual({
      tools: [
        {
          name: 'suppliers.list',
          title: 'Search suppliers',
          description: expect.stringMatching(/^[^\n]{10,160}$/),
        },
      ],
    })
  })

  it('gives the same answer to the same question', async () => {
    const question = { query: 'money that came in' }

    expect(await search(question)).toEqual(await search(question))
  })

  it('gives ten tools, or as many as are asked for', async () => {
    const query = 'invoices, contracts, projects, suppliers, accounts: list all'

    expect(await search({ query })).toHaveProperty('tools.length', 10)
    expect(await search({ query, limit: 3 })).toHaveProperty('tools.length', 3)
  })

  it('looks into one namespace where it is told to', async () => {
    const found = await search({ query: 'overdue invoices', namespace: 'contracts' })

    expect(found).toMatchObject({
      tools: [{ name: 'contracts.paymentScheduleLines' }, { name: 'contracts.get' }],
    })
  })

  it.each([
    ['invoice', 'Did you mean "invoices"?'],
    ['bankAcounts', 'Did you mean "bankAccounts"?'],
    ['INVOICES', 'Did you mean "invoices"?'],
    ['xqzt', 'There are: attachments, bankAccounts, '],
  ])('says which namespace is nearest to %s', async (namespace, says) => {
    const text = await refusal({ query: 'due', namespace })

    expect(text).toContain(`Unknown namespace: "${namespace}".`)
    expect(text).toContain(says)
  })

  it.each([
    ['an empty query', { query: '' }, '"query": '],
    ['a query of spaces', { query: '  \n ' }, '"query": '],
    ['no query', {}, '"query": is required'],
    ['a query of 10,000 characters', { query: 'invoice '.repeat(1_250) }, 'maxLength 1000'],
    ['a query that is no text', { query: 7 }, 'type "string"'],
    ['a limit of nothing', { query: 'due', limit: 0 }, 'minimum 1'],
    ['a limit beyond all', { query: 'due', limit: 26 }, 'maximum 25'],
    ['another argument', { query: 'due', top: 3 }, '"top": unknown argument; allowed: query'],
    ['a namespace of nothing', { query: 'due', namespace: '' }, '"namespace": '],
  ])('says what is wrong with %s', async (_name, args, says) => {
    expect(await refusal(args)).toContain(says)
  })

  it.each([
    ['請列出所有未付款的發票'],
    ['Które faktury są nieopłacone?'],
    ['ما هي الفواتير غير المدفوعة؟'],
    ['🧾🧾🧾'],
    ['what is it?'],
    ['"; DROP TABLE tools; --'],
    ['__proto__ constructor toString'],
    ['.*+?^${}()|[]\\'],
    ['\u0000\ud800'],
    ['a'.repeat(1_000)],
    [Array.from({ length: 150 }, (_, index) => `w${index}`).join(' ')],
  ])('answers %j with what it knows, or says what to try', async (query) => {
    const found = await search({ query })

    expect(found).toHaveProperty('tools')
    if (JSON.stringify(found).startsWith('{"tools":[]')) {
      expect(found).toHaveProperty('hint', expect.stringMatching(/in other words, in English/))
    }
  })

  it('tells what there is where nothing has to do with the words', async () => {
    const found = await search({ query: '發票' })

    expect(found).toEqual({
      tools: [],
      hint: expect.stringMatching(/there are tools for: attachments, bankAccounts, contracts, /),
    })
  })

  it('understands a word with accents, and one that is misspelt', async () => {
    expect(await search({ query: 'prójects', limit: 1 })).toMatchObject({
      tools: [{ name: 'projects.list' }],
    })
    expect(await search({ query: 'suppplierz', limit: 1 })).toMatchObject({
      tools: [{ name: 'suppliers.list' }],
    })
  })

  it('is found in either spelling, and only reads', async () => {
    const { result } = await rpc(running.url, 'tools/list')
    const question = { query: 'suppliers', limit: 1 }
    const underscored = await callTool(running.url, 'tools_search', question)

    expect(resultOf(underscored)).toMatchObject({ tools: [{ name: 'suppliers.list' }] })
    expect(result?.['tools']).toEqual(
      expect.arrayContaining(
        ['tools.call', 'tools.describe', 'tools.search'].map((name) =>
          expect.objectContaining({
            name,
            annotations: expect.objectContaining({ readOnlyHint: true, destructiveHint: false }),
          }),
        ),
      ),
    )
  })

  it('leaves itself and its neighbours out of what it finds', async () => {
    const found = await search({ query: 'tools search describe call', limit: 25 })

    expect(JSON.stringify(found)).not.toMatch(/"name":"tools\./)
  })
})
