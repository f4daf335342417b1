import { describe, expect, it } from '@jest/globals'
import { ALLOW_LIST, DOCUMENT, edit, reportOf } from './fixture.ts'

/** Adds lines to the only tool; they begin at line 12. */
const toTool = (lines: string) => `${ALLOW_LIST}${lines}`
const allow = (from: string, to: string) => edit(ALLOW_LIST, from, to)

describe('a good document and allow-list', () => {
  it('have no problems', async () => {
    expect(await reportOf()).toBe('')
  })
})

describe('the allow-list', () => {
  it.each<[rule: string, allowList: string, report: string]>([
    [
      'names an unknown key and the one that was meant',
      toTool('    colums: [id]\n'),
      'allow-list.yaml:12:5 tools → orders.list → colums\n    unknown key "colums"\n    → did you mean "columns"?',
    ],
    [
      'lists the known keys where none is near',
      allow('title: Shop }', 'title: Shop, zzzzzz: 1 }'),
      'allow-list.yaml:1:39 connector → zzzzzz\n    unknown key "zzzzzz"\n    → known keys are name, title, instructions, structuredContent, catalogue, maxToolBytes',
    ],
    [
      'refuses an unknown key at the root',
      `${ALLOW_LIST}writes: { allowed: [] }\n`,
      'allow-list.yaml:12:1 writes\n    unknown key "writes"\n    → known keys are connector, upstream, namespaces, tools, resources, intents, prompts',
    ],
    [
      'refuses a kind of login it does not know',
      allow('kind: api-credentials', 'kind: api-credential'),
      'allow-list.yaml:3:18 upstream → login → kind\n    must be "password" or "oidc" or "api-credentials" or "service"\n    → did you mean "api-credentials"?',
    ],
    [
      'names an unknown operation and the one that was meant',
      allow('operation: listOrders', 'operation: listOrder'),
      'allow-list.yaml:11:16 tools → orders.list → operation\n    no operation has the operationId "listOrder"\n    → did you mean "listOrders"?',
    ],
    [
      'names an unknown path and the one that was meant',
      allow('operation: listOrders', 'operation: GET /order'),
      'allow-list.yaml:11:16 tools → orders.list → operation\n    no operation is "GET /order"\n    → did you mean "GET /orders"?',
    ],
    [
      'tells how to name an operation by its path',
      allow('operation: listOrders', 'operation: /orders'),
      'allow-list.yaml:11:16 tools → orders.list → operation\n    no operation has the operationId "/orders"\n    → write it as "GET /orders"',
    ],
    [
      'refuses an operation that writes',
      allow('operation: listOrders', 'operation: createOrder'),
      'allow-list.yaml:11:16 tools → orders.list → operation\n    "createOrder" is POST /orders, a POST; only GET and HEAD are allowed here\n    → if it only searches, say under "readOnly" why it changes nothing',
    ],
    [
      'refuses an operation that writes and is named by its path',
      allow('operation: listOrders', 'operation: POST /orders'),
      'allow-list.yaml:11:16 tools → orders.list → operation\n    "POST /orders" is a POST; only GET and HEAD are allowed here\n    → if it only searches, say under "readOnly" why it changes nothing',
    ],
    [
      'refuses a namespace that is not described',
      allow('  orders.list:', '  order.list:'),
      'allow-list.yaml:8:3 namespaces → orders\n    no tool is in it\n  allow-list.yaml:10:3 tools → order.list\n    there is no namespace "order"\n    → did you mean "orders"?',
    ],
    [
      'refuses a key that is written twice',
      toTool('  orders.list: { operation: getMe }\n'),
      'allow-list.yaml:12:3\n    the key "orders.list" appears twice',
    ],
    [
      'refuses two tools that one spelling of clients would confuse',
      toTool('  orders.LIST: { operation: getMe }\n').replace('LIST', 'lIST'),
      'allow-list.yaml:12:3 tools → orders.lIST\n    collides with "orders.list": clients may write both "orders_list"',
    ],
    [
      'refuses a tool name that is not namespace.action',
      allow('  orders.list:', '  orders_list:'),
      'allow-list.yaml:8:3 namespaces → orders\n    no tool is in it\n  allow-list.yaml:10:3 tools → orders_list\n    a tool is named namespace.action, two camelCase words, 64 characters at most',
    ],
    [
      'refuses a tool name that is too long',
      allow('  orders.list:', `  orders.${'a'.repeat(58)}:`),
      `allow-list.yaml:10:3 tools → orders.${'a'.repeat(58)}\n    a tool is named namespace.action, two camelCase words, 64 characters at most`,
    ],
    [
      'names an unknown column and the one that was meant',
      toTool('    columns: [id, totl]\n'),
      'allow-list.yaml:12:19 tools → orders.list → columns → 1\n    the answer has no "totl"\n    → did you mean "total"?',
    ],
    [
      'says which step of a column leads nowhere',
      toTool('    columns: [buyer.nam]\n'),
      'allow-list.yaml:12:15 tools → orders.list → columns → 0\n    the answer has no "buyer.nam": there is no "nam"\n    → did you mean "name"?',
    ],
    [
      'refuses a column below a single value',
      toTool('    columns: [id.x]\n'),
      'allow-list.yaml:12:15 tools → orders.list → columns → 0\n    the answer has no "id.x": there is no "x"',
    ],
    [
      'refuses a column that is named twice',
      toTool('    columns: [id, id]\n'),
      'allow-list.yaml:12:19 tools → orders.list → columns → 1\n    the column "id" is named twice',
    ],
    [
      'refuses a default for no parameter',
      toTool('    defaults: { lmit: 5 }\n'),
      'allow-list.yaml:12:17 tools → orders.list → defaults → lmit\n    the operation has no parameter "lmit"\n    → did you mean "limit"?',
    ],
    [
      'refuses a default that its parameter refuses',
      toTool('    defaults: { limit: 51 }\n'),
      'allow-list.yaml:12:24 tools → orders.list → defaults → limit\n    51 is no value for "limit": must be <= 50',
    ],
    [
      'refuses a fixed value that its parameter refuses',
      toTool('    fixed: { state: gone }\n'),
      'allow-list.yaml:12:21 tools → orders.list → fixed → state\n    "gone" is no value for "state": must be equal to one of the allowed values: "open", "done"',
    ],
    [
      'refuses to leave out no parameter',
      toTool('    omit: [stat]\n'),
      'allow-list.yaml:12:12 tools → orders.list → omit → 0\n    the operation has no parameter "stat"\n    → did you mean "state"?',
    ],
    [
      'refuses to leave out what the upstream requires',
      toTool('    omit: [shop]\n'),
      'allow-list.yaml:12:11 tools → orders.list → omit\n    "shop" is required by the upstream and cannot be left out\n    → give it a value under "fixed"',
    ],
    [
      'refuses a parameter that is both fixed and left out',
      toTool('    fixed: { shop: a }\n    omit: [shop]\n'),
      'allow-list.yaml:13:11 tools → orders.list → omit\n    "shop" is also under "fixed"',
    ],
    [
      'refuses a parameter that is both fixed and has a default',
      toTool('    fixed: { shop: a }\n    defaults: { shop: b }\n'),
      'allow-list.yaml:13:23 tools → orders.list → defaults → shop\n    "shop" is also under "fixed"',
    ],
    [
      'refuses a default of a namespace that none of its tools takes',
      allow('description: Orders. }', 'description: Orders., defaults: { lmit: 5 } }'),
      'allow-list.yaml:8:62 namespaces → orders → defaults → lmit\n    no tool of the namespace has a parameter "lmit"\n    → did you mean "limit"?',
    ],
    [
      'refuses a list that is not in the answer',
      toTool('    items: /dat\n'),
      'allow-list.yaml:12:12 tools → orders.list → items\n    the answer has nothing at "/dat"\n    → did you mean "data"?',
    ],
    [
      'refuses a pointer that is none',
      toTool('    items: data\n'),
      'allow-list.yaml:12:12 tools → orders.list → items\n    must be a JSON Pointer such as "/data"',
    ],
    [
      'refuses a profile that its answer does not hold',
      allow('email: /id,', 'email: /mail,'),
      'allow-list.yaml:5:48 upstream → profile → email\n    the answer has nothing at "/mail"',
    ],
    [
      'refuses organizations where the answer has no list',
      allow('items: /teams', 'items: /id'),
      'allow-list.yaml:6:45 upstream → organizations → items\n    what the answer has at "/id" is no list',
    ],
    [
      'refuses an approver that is no role',
      allow('approvers: [owner]', 'approvers: [ownr]'),
      'allow-list.yaml:6:98 upstream → organizations → approvers → 0\n    there is no role "ownr"\n    → did you mean "owner"?',
    ],
    [
      'refuses a login by API credentials without their headers',
      allow('  apiCredentials: { key: X-Key, secret: X-Secret, email: X-Email }\n', ''),
      'allow-list.yaml:3:18 upstream → login → kind\n    needs the header names under "upstream: apiCredentials"',
    ],
    [
      'says what is missing',
      allow('title: Orders, ', ''),
      'allow-list.yaml:8:3 namespaces → orders\n    "title" is missing',
    ],
    [
      'says what has the wrong type',
      toTool('    columns: id\n    public: yes\n'),
      'allow-list.yaml:12:14 tools → orders.list → columns\n    must be a list\n  allow-list.yaml:13:13 tools → orders.list → public\n    must be true or false',
    ],
    [
      'refuses a description that clients would cut',
      toTool(`    description: ${'word '.repeat(300)}\n`),
      'allow-list.yaml:12:18 tools → orders.list → description\n    has 1499 bytes; clients cut after 1024',
    ],
    [
      'is YAML',
      'connector: [',
      'allow-list.yaml:1:13\n    is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['is a mapping', 'hello', 'allow-list.yaml:1:1\n    must be a mapping'],
    [
      'does not grow beyond all bounds',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n`,
      'allow-list.yaml:1:1\n    Excessive alias count indicates a resource exhaustion attack',
    ],
  ])('%s', async (_rule, allowList, report) => {
    const [heading, ...rest] = (await reportOf(DOCUMENT, allowList)).split('\n')

    expect(heading).toMatch(/^error: \d+ problems? in the document or the allow-list$/)
    expect(rest.join('\n')).toBe(`  ${report}`)
  })

  it('reports every problem at once, in reading order', async () => {
    const allowList = edit(
      toTool('    colums: [id]\n    omit: [stat]\n    fixed: { limit: many }\n'),
      'id: /id, email: /id',
      'id: /uid, email: /id',
    )

    expect(await reportOf(DOCUMENT, allowList))
      .toBe(`error: 4 problems in the document or the allow-list
  allow-list.yaml:5:36 upstream → profile → id
    the answer has nothing at "/uid"
    → did you mean "id"?
  allow-list.yaml:12:5 tools → orders.list → colums
    unknown key "colums"
    → did you mean "columns"?
  allow-list.yaml:13:12 tools → orders.list → omit → 0
    the operation has no parameter "stat"
    → did you mean "state"?
  allow-list.yaml:14:21 tools → orders.list → fixed → limit
    "many" is no value for "limit": must be integer`)
  })
})
