import { describe, expect, it } from '@jest/globals'
import { edit } from '../fixture.ts'
import { INTENT, problemsOf, reportWhole, TOOLS } from './fixture.ts'

/** An intent of one step, and what is done with its rows. */
const raw = (tool: string, ...operations: readonly string[]) =>
  `intents:
  raw:
    title: Raw
    description: Rows as they come.
    utterances: [raw]
    steps: [{ name: one, tool: ${tool} }]
    result:
      rows: /steps/one${tool === 'orders.list' ? '/data' : ''}
      reduce:
${operations.map((operation) => `        - ${operation}\n`).join('')}`

describe('the allow-list of intents', () => {
  it.each<[rule: string, allowList: string, problems: readonly string[]]>([
    [
      'may use the fields of rows as they come',
      `${TOOLS}${raw('orders.list', 'where: { field: state, is: open }', 'sort: [{ by: total }]')}`,
      [],
    ],
    [
      'may not add a field to rows of which nobody knows all fields',
      `${TOOLS}${raw('orders.list', 'days: { from: due, to: { pointer: /context/today }, as: late }')}`,
      [
        '  allow-list.yaml:24:11 intents → raw → result → reduce → 0',
        '    adds "late" to rows as the upstream sent them',
        '    → pick what is needed first',
      ],
    ],
    [
      'may read what the document does not describe',
      `${TOOLS}  orders.head: { operation: headOrders, defaults: {} }\n${raw('orders.head', 'pick: { any: /thing }', 'days: { from: any, to: { pointer: /context/today }, as: late }')}`,
      [],
    ],
    [
      'may not call a tool as one of the connector’s own, in either spelling',
      `${edit(TOOLS, '  orders: { title', '  tools: { title: T, description: T. }\n  orders: { title')}  tools.search:\n    operation: listOrders\n    defaults: { shop: one }\n`,
      [
        '  allow-list.yaml:16:3 tools → tools.search',
        '    is the name of "tools.search", a tool that every connector may have',
        '    → give it another action or namespace',
      ],
    ],
    [
      'may not call an intent as a tool is called, or as another one but for its case',
      `${edit(TOOLS, '  orders: { title', '  insights: { title: I, description: I. }\n  orders: { title')}  insights.largest:\n    operation: listOrders\n    defaults: { shop: one }\n${INTENT}${raw(
        'orders.list',
        'pick: { id: /id }',
      )
        .replace('intents:\n', '')
        .replace('raw:', 'larGest:')}`,
      [
        '  allow-list.yaml:20:3 intents → largest',
        '    its tool "insights.largest" collides with "larGest"',
        '  allow-list.yaml:46:3 intents → larGest',
        '    its tool "insights.larGest" collides with "insights.largest"',
      ],
    ],
  ])('%s', async (_rule, allowList, problems) => {
    expect(problemsOf(await reportWhole(allowList))).toEqual(problems)
  })
})
