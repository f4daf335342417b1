import { describe, expect, it } from '@jest/globals'
import { DOCUMENT, edit, reportOf } from '../fixture.ts'

/** The fixture with one order by its id, by its shop and number, and all of a shop. */
const SHOP = edit(
  DOCUMENT,
  'components:\n',
  `  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses:
        '200': { description: An order., content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
  /shops/{shop}/orders/{no}:
    get:
      operationId: getShopOrder
      parameters:
        - { name: shop, in: path, required: true, schema: { type: string } }
        - { name: no, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: An order., content: { application/json: {} } } }
components:
`,
)

const HEAD = `connector: { name: shop, title: Shop }
upstream:
  login: { kind: api-credentials }
  apiCredentials: { key: X-Key, secret: X-Secret, email: X-Email }
  profile: { operation: getMe, id: /id, email: /id, name: /id }
  organizations: { operation: getMe, items: /teams, id: /id, name: /id, role: /role, approvers: [owner] }
namespaces:
  orders: { title: Orders, description: Orders. }
tools:
  orders.list: { operation: listOrders }
`
const GET = '  orders.get: { operation: getOrder }\n'
const PREFIX = 'resources: { allowPrefixes: ["shop://orders/"] }\n'

/** Without the line that counts the problems. */
async function problemsOf(allowList: string): Promise<string> {
  const report = await reportOf(SHOP, `${HEAD}${allowList}`)
  return report.split('\n').slice(1).join('\n')
}

describe('resources', () => {
  it.each([
    ['a get, and its prefix', `${GET}${PREFIX}`],
    ['a prefix of everything', `${GET}resources: { allowPrefixes: ["shop://"] }\n`],
    ['a prefix of some ids', `${GET}resources: { allowPrefixes: ["shop://orders/a-"] }\n`],
    [
      'a URI of two arguments, beside one of a single one',
      `${GET}  orders.ofShop: { operation: getShopOrder, uri: "shop://orders/{shop}/{no}", offer: resource }\n${PREFIX}`,
    ],
    [
      'a get that no prefix lets be read',
      `${GET}  orders.twin: { operation: getOrder, uri: "shop://twins/{orderId}" }\nresources: { allowPrefixes: ["shop://twins/"] }\n`,
    ],
  ])('are fine with %s', async (_what, allowList) => {
    expect(await problemsOf(allowList)).toBe('')
  })

  it.each<[rule: string, allowList: string, report: string]>([
    [
      'a prefix of another scheme',
      `${GET}resources: { allowPrefixes: ["https://orders/"] }\n`,
      '  allow-list.yaml:12:30 resources → allowPrefixes → 0\n    "https://orders/" is not the beginning of a URI of this connector\n    → write it as "shop://namespace/"',
    ],
    [
      'a prefix with a query',
      `${GET}resources: { allowPrefixes: ["shop://orders/?a"] }\n`,
      '  allow-list.yaml:12:30 resources → allowPrefixes → 0\n    "shop://orders/?a" is not the beginning of a URI of this connector\n    → write it as "shop://namespace/"',
    ],
    [
      'a prefix that nothing begins with',
      `${GET}resources: { allowPrefixes: ["shop://order/"] }\n`,
      '  allow-list.yaml:12:30 resources → allowPrefixes → 0\n    nothing that can be read begins with "shop://order/"\n    → did you mean "shop://orders/"?',
    ],
    [
      'a prefix that is far from everything',
      `${GET}resources: { allowPrefixes: ["shop://quite-another-thing/"] }\n`,
      '  allow-list.yaml:12:30 resources → allowPrefixes → 0\n    nothing that can be read begins with "shop://quite-another-thing/"\n    → there are shop://orders/',
    ],
    [
      'a prefix where nothing can be read',
      PREFIX,
      '  allow-list.yaml:11:30 resources → allowPrefixes → 0\n    nothing that can be read begins with "shop://orders/"\n    → give a tool a "uri", or allow a "get" that takes one id',
    ],
    [
      'a prefix that is named twice',
      `${GET}resources: { allowPrefixes: ["shop://orders/", "shop://orders/"] }\n`,
      '  allow-list.yaml:12:48 resources → allowPrefixes → 1\n    "shop://orders/" is named twice',
    ],
    [
      'a URI of another scheme',
      `  orders.get: { operation: getOrder, uri: "orders/{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    "orders/{orderId}" is no URI of this connector\n    → begin it with "shop://"',
    ],
    [
      'a URI whose argument the tool has not',
      `  orders.get: { operation: getOrder, uri: "shop://orders/{orderID}/{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    orders.get has no argument "orderID"\n    → did you mean "orderId"?',
    ],
    [
      'a URI that names an argument twice',
      `  orders.get: { operation: getOrder, uri: "shop://orders/{orderId}/{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    names the argument "orderId" twice',
    ],
    [
      'a URI without what the tool requires',
      `  orders.get: { operation: getOrder, uri: "shop://orders/one" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    lacks "orderId", which orders.get requires\n    → add "/{orderId}" to it',
    ],
    [
      'a URI with an argument that shares its segment',
      `  orders.get: { operation: getOrder, uri: "shop://orders/no-{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    "shop://orders/no-{orderId}" has the segment "no-{orderId}"\n    → give an argument a segment to itself: "/{id}/"',
    ],
    [
      'a URI that begins with an argument',
      `  orders.get: { operation: getOrder, uri: "shop://{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    "shop://{orderId}" begins with "{orderId}"\n    → begin with a fixed word; arguments come after it',
    ],
    [
      'a URI with an empty segment',
      `  orders.get: { operation: getOrder, uri: "shop://orders//{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    "shop://orders//{orderId}" has an empty segment\n    → write one "/" between two segments, none behind',
    ],
    [
      'a URI with a dot segment',
      `  orders.get: { operation: getOrder, uri: "shop://orders/../{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    "shop://orders/../{orderId}" has the segment ".."\n    → use letters, digits, "-", ".", "_", "~" and triplets such as "%20"; no "." or ".." alone',
    ],
    [
      'two tools that one URI can be of',
      `${GET}  orders.paid: { operation: getOrder, uri: "shop://orders/{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:12:44 tools → orders.paid → uri\n    a URI can be one of orders.paid and of orders.get: "shop://orders/{orderId}" and "shop://orders/{orderId}"\n    → give one of them another "uri"',
    ],
    [
      'a tool whose own URI another tool has',
      `  orders.best: { operation: getOrder, uri: "shop://orders/{orderId}" }\n${GET}${PREFIX}`,
      '  allow-list.yaml:12:3 tools → orders.get\n    a URI can be one of orders.get and of orders.best: "shop://orders/{orderId}" and "shop://orders/{orderId}"\n    → give one of them another "uri"',
    ],
    [
      'a URI that no prefix lets be read',
      `${GET}  orders.twin: { operation: getOrder, uri: "shop://twins/{orderId}" }\n${PREFIX}`,
      '  allow-list.yaml:12:44 tools → orders.twin → uri\n    no prefix of "resources" lets "shop://twins/{orderId}" be read\n    → add "shop://twins/" to its "allowPrefixes"',
    ],
    [
      'what is read by a URI only that no prefix lets be read',
      `  orders.get: { operation: getOrder, offer: resource }\n  orders.twin: { operation: getOrder, uri: "shop://twins/{orderId}" }\nresources: { allowPrefixes: ["shop://twins/"] }\n`,
      '  allow-list.yaml:11:45 tools → orders.get → offer\n    no prefix of "resources" lets "shop://orders/{orderId}" be read\n    → add "shop://orders/" to its "allowPrefixes"',
    ],
    [
      'what is read by a URI only and has none',
      `${GET}  orders.ofShop: { operation: getShopOrder, offer: resource }\n${PREFIX}`,
      '  allow-list.yaml:12:52 tools → orders.ofShop → offer\n    is read by its URI only, and has none\n    → give it a "uri"',
    ],
    [
      'a URI where nothing is read by one',
      `  orders.get: { operation: getOrder, uri: "shop://orders/{orderId}" }\n`,
      '  allow-list.yaml:11:43 tools → orders.get → uri\n    nothing is read by its URI: there is no "resources"\n    → add "resources: { allowPrefixes: [...] }"',
    ],
    [
      'what is read by a URI only where nothing is read by one',
      `  orders.get: { operation: getOrder, offer: resource }\n`,
      '  allow-list.yaml:11:45 tools → orders.get → offer\n    nothing is read by its URI: there is no "resources"\n    → add "resources: { allowPrefixes: [...] }"',
    ],
  ])('refuse %s', async (_rule, allowList, report) => {
    expect(await problemsOf(allowList)).toBe(report)
  })
})
