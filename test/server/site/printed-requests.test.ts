import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDocumented, type Documented } from '../../support/site/documented.ts'
import { findDifferences, findShapeDifferences } from '../../support/site/printed-answer.ts'
import { placeOf } from '../../support/site/printed-blocks.ts'
import { isRequest, listExchanges, proveExchange } from '../../support/site/printed-exchanges.ts'

describe('the judge of printed answers', () => {
  it.each<[printed: unknown, real: unknown]>([
    [1, 2],
    ['a', 'b'],
    ['a…c', 'bc'],
    ['…', undefined],
    [{ a: 1 }, {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, '…': '…' }, { b: 2 }],
    [[1], [1, 2]],
    [[1, 2, '…'], [1]],
    [[], {}],
    [null, 0],
  ])('finds that %j does not tell of %j', (printed, real) => {
    expect(findDifferences(printed, real)).not.toEqual([])
  })

  it.each<[printed: unknown, real: unknown]>([
    ['…', { any: 'thing' }],
    ['a…c', 'abbbc'],
    [
      { a: 1, '…': '…' },
      { a: 1, b: 2 },
    ],
    [
      [1, '…'],
      [1, 2, 3],
    ],
    [null, null],
  ])('knows that %j tells of %j', (printed, real) => {
    expect(findDifferences(printed, real)).toEqual([])
  })

  it.each<[printed: unknown, real: unknown]>([
    [{ a: 1 }, { a: 'x' }],
    [{ a: 1 }, {}],
    [{ a: 1 }, { a: 2, b: 3 }],
    [[{ a: 1 }], [{ a: 1 }, { b: 1 }]],
    [[1], 1],
  ])('finds that %j has another shape than %j', (printed, real) => {
    expect(findShapeDifferences(printed, real)).not.toEqual([])
  })
})

describe.each<[string, Readonly<Record<string, string>>]>([
  ['as it starts', {}],
  [
    'with everything changed that changes a page',
    {
      API_CREDENTIALS: 'off',
      MCP_PATH: '/api/mcp',
      TOOL_NAMES: 'underscored',
      WORKSPACE_ORIGIN: 'https://workspace.flowtly.example',
      ACCESS_TOKEN_TTL: '600',
      MAX_RESULT_CHARS: '50000',
    },
  ],
])('the pages of a deployment %s', (_name, env) => {
  let documented: Documented
  beforeAll(async () => {
    documented = await startDocumented(env)
  })
  afterAll(() => documented.close())

  it('print an answer below every request', () => {
    const { blocks } = documented

    const answered = listExchanges(blocks).map(({ request }) => request)

    const open = blocks.filter((block) => isRequest(block) && !answered.includes(block))
    // The page that has the same call in three languages says that it prints the JSON.
    expect(open.filter(({ path }) => path !== '/docs/connect').map(placeOf)).toEqual([])
    expect(answered.length).toBeGreaterThan(15)
  })

  it('print what each request really brings', async () => {
    const { blocks, variables } = documented
    const differences: string[] = []

    for (const exchange of listExchanges(blocks)) {
      differences.push(...(await proveExchange(exchange, variables)))
    }

    expect(differences).toEqual([])
  })
})
