import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDocumented, type Documented } from '../../support/site/documented.ts'
import { placeOf } from '../../support/site/printed-blocks.ts'
import { isRequest, listExchanges, proveExchange } from '../../support/site/printed-exchanges.ts'

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
