import { ALLOW_LIST, DOCUMENT, edit, reportOf } from '../fixture.ts'

/** The small API with a page, a record, and an envelope of which the document says nothing. */
const API = edit(
  edit(
    DOCUMENT,
    '        - { name: limit,',
    '        - { name: page, in: query, schema: { type: integer } }\n        - { name: limit,',
  ),
  '    post:\n',
  "    head: { operationId: headOrders, responses: { '200': { description: Head. } } }\n    post:\n",
)
  .replace(
    'components:\n',
    `  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters:
        - { name: orderId, in: path, required: true, schema: { type: string } }
        - { name: depth, in: query, schema: { type: integer, maximum: 3 } }
      responses:
        '200': { description: Order., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
components:
`,
  )
  .replace(
    '        total: { type: number }\n',
    `        total: { type: number }
        state: { enum: [open, done], type: string }
        due: { type: string, format: date }
        tags: { type: array, items: { type: string } }
        anything: {}
        lines: { type: array, items: { type: object, properties: { text: { type: string } } } }
`,
  )

/** The tools that intents are made of. */
export const TOOLS = `${ALLOW_LIST}    defaults: { shop: one }
  orders.get:
    operation: getOrder
`

/** A whole and right intent; it begins at line 15 of the allow-list. */
export const INTENT = `intents:
  largest:
    title: The largest orders
    description: Which orders are the largest.
    utterances: [largest orders]
    arguments:
      count: { description: How many., type: integer, default: 3, minimum: 1 }
      day: { description: Until when., type: date, default: { pointer: /context/today } }
    steps:
      - name: orders
        tool: orders.list
        arguments: { state: open, limit: 50 }
        pages: 5
      - name: details
        tool: orders.get
        forEach: { in: /steps/orders/data, max: 10 }
        arguments: { orderId: { pointer: /item/id } }
    result:
      rows: /steps/details
      reduce:
        - pick: { id: /answer/id, total: /answer/total, state: /item/state, due: /answer/due, tags: /answer/tags }
        - where: { field: state, is: open }
        - days: { from: due, to: { pointer: /arguments/day }, as: age }
        - band: { of: age, as: band, bands: [{ upTo: 30, label: young }, { label: old }] }
        - group: { by: [id, band], sum: { total: total }, max: { age: age }, count: orders }
        - sort: [{ by: total, order: descending }]
        - top: { count: { pointer: /arguments/count }, per: [band] }
`

/** The report of what is wrong once a part of the intent is another. */
export function reportIntent(from = '', to = ''): Promise<string> {
  return reportOf(API, `${TOOLS}${edit(INTENT, from, to)}`)
}

/** The report of what is wrong with a reduction; its operations begin at line 35. */
export function reportReduction(...operations: readonly string[]): Promise<string> {
  const begin = INTENT.indexOf('        - where:')
  const lines = operations.map((operation) => `        - ${operation}\n`)
  const used = '        - top: { count: { pointer: /arguments/count } }\n'
  const day = '        - where: { field: due, to: { pointer: /arguments/day } }\n'
  return reportOf(API, `${TOOLS}${INTENT.slice(0, begin)}${day}${used}${lines.join('')}`)
}

/** The report of what is wrong with a whole allow-list. */
export function reportWhole(allowList: string): Promise<string> {
  return reportOf(API, allowList)
}

/** The lines of a report, without the one that counts. */
export function problemsOf(report: string): readonly string[] {
  return report.split('\n').slice(1)
}
