import { describe, expect, it } from '@jest/globals'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom, reportOf } from './fixture.ts'

/** The fixture with a list that takes words, and with an order to read. */
const SEARCHED = edit(
  edit(DOCUMENT, 'name: shop, in: query, required: true', 'name: q, in: query'),
  '    post:\n      operationId: createOrder',
  `    post:
      operationId: createOrder
      responses: { '201': { description: Made. } }
  /orders/{orderId}:
    get:
      operationId: getOrder
      parameters: [{ name: orderId, in: path, required: true, schema: { type: string } }]
      responses:
        '200':
          description: An order.
          content:
            application/json:
              schema: { type: object, properties: { order: { $ref: '#/components/schemas/Order' } } }
  /shops/{shop}/orders/{orderId}:
    get:
      operationId: getShopOrder
      parameters:
        - { name: shop, in: path, required: true, schema: { type: string } }
        - { name: orderId, in: path, required: true, schema: { type: string } }
      responses: { '200': { description: An order. } }
  /states/{state}:
    get:
      operationId: getState
      parameters: [{ name: state, in: path, required: true, schema: { enum: [open, done] } }]
      responses: { '200': { description: A state. } }
  /unused:
    post:
      operationId: unused`,
)

const RESEARCH = `    research:
      search: orders.list
      fetch: orders.get
      title: '{buyer.name} {id}'
      url: https://shop.example/orders/{id}
`
const WITH_RESEARCH = edit(
  `${ALLOW_LIST}  orders.get: { operation: getOrder }\n`,
  '  orders: { title: Orders, description: Orders. }\n',
  `  orders:\n    title: Orders\n    description: Orders.\n${RESEARCH}`,
)
const allow = (from: string, to: string) => edit(WITH_RESEARCH, from, to)

describe('research in a good allow-list', () => {
  it('is resolved to the arguments of its tools, and to where a record is in an answer', async () => {
    const { files } = await generateFrom(SEARCHED, WITH_RESEARCH)

    const [, research = ''] =
      /\n {2}research: ([\s\S]*?\n {2}\]),\n/.exec(files.get('index.ts') ?? '') ?? []
    expect(JSON.parse(research)).toEqual([
      {
        namespace: 'orders',
        search: { tool: 'orders.list', query: 'q' },
        fetch: { tool: 'orders.get', argument: 'orderId', record: '/order' },
        id: '/id',
        title: '{buyer.name} {id}',
        url: 'https://shop.example/orders/{id}',
      },
    ])
  })

  it('needs no URL', async () => {
    const allowList = allow('      url: https://shop.example/orders/{id}\n', '')

    expect(await reportOf(SEARCHED, allowList)).toBe('')
  })
})

describe('research', () => {
  it.each<[rule: string, allowList: string, report: string]>([
    [
      'names an unknown tool and the one that was meant',
      allow('search: orders.list', 'search: orders.lst'),
      '12:15 namespaces → orders → research → search\n    no tool is called "orders.lst"\n    → did you mean "orders.list"?',
    ],
    [
      'says which tools there are where none is near',
      allow('fetch: orders.get', 'fetch: xyzxyzxyzxyz.abc'),
      '13:14 namespaces → orders → research → fetch\n    no tool is called "xyzxyzxyzxyz.abc"\n    → there is orders.get and orders.list',
    ],
    [
      'refuses a tool of another namespace',
      edit(
        allow('fetch: orders.get', 'fetch: shops.get').replace(
          'namespaces:\n',
          'namespaces:\n  shops: { title: Shops, description: Shops. }\n',
        ),
        'tools:\n',
        'tools:\n  shops.get: { operation: getOrder }\n',
      ),
      '14:14 namespaces → orders → research → fetch\n    shops.get is a tool of another namespace',
    ],
    [
      'refuses a search that gives no list',
      allow('search: orders.list', 'search: orders.get'),
      '12:15 namespaces → orders → research → search\n    orders.get gives no list to search in\n    → name a tool that lists, or say where its "items" are',
    ],
    [
      'refuses an argument for the words that takes one of a few',
      allow("title: '{buyer", "query: state\n      title: '{buyer").replace(
        '    operation: listOrders\n',
        '    operation: listOrders\n    omit: [q]\n',
      ),
      '14:14 namespaces → orders → research → query\n    "state" of orders.list takes no words: it must be a text of any kind',
    ],
    [
      'refuses an argument for the words that is a number',
      allow("title: '{buyer", "query: limit\n      title: '{buyer"),
      '14:14 namespaces → orders → research → query\n    "limit" of orders.list takes no words: it must be a text of any kind',
    ],
    [
      'names an unknown argument and the one that was meant',
      allow("title: '{buyer", "query: Q\n      title: '{buyer"),
      '14:14 namespaces → orders → research → query\n    orders.list has no argument "Q"\n    → did you mean "q"?',
    ],
    [
      'refuses to fetch by more than an id',
      allow('operation: getOrder', 'operation: getShopOrder'),
      '13:14 namespaces → orders → research → fetch\n    orders.get must require one argument, the id of a record, and requires "shop" and "orderId"',
    ],
    [
      'refuses to fetch by nothing',
      allow('operation: getOrder', 'operation: getMe'),
      '13:14 namespaces → orders → research → fetch\n    orders.get must require one argument, the id of a record, and requires none',
    ],
    [
      'refuses to fetch by one of few values',
      allow('operation: getOrder', 'operation: getState'),
      '13:14 namespaces → orders → research → fetch\n    "state" of orders.get takes no id: it must be a text or a whole number',
    ],
    [
      'refuses a place for the id that no item has',
      allow("title: '{buyer", "id: /ide\n      title: '{buyer"),
      '14:11 namespaces → orders → research → id\n    an item of orders.list has nothing at "/ide"\n    → did you mean "id"?',
    ],
    [
      'refuses a title with what no item has',
      allow('{buyer.name}', '{buyer.nam}'),
      '14:14 namespaces → orders → research → title\n    an item of orders.list has no "buyer.nam"\n    → did you mean "name"?',
    ],
    [
      'refuses a title that is the same for every record',
      allow("'{buyer.name} {id}'", 'Order'),
      '14:14 namespaces → orders → research → title\n    would be the same for every record\n    → name a member of it, such as {id}',
    ],
    [
      'refuses braces that hold no path',
      allow('{buyer.name} {id}', '{buyer name} {id'),
      '14:14 namespaces → orders → research → title\n    has braces that hold no path\n    → write a dotted path in braces, such as {counterparty.name}',
    ],
    [
      'names an unknown key and the one that was meant',
      allow('      url: ', '      link: '),
      '15:7 namespaces → orders → research → link\n    unknown key "link"\n    → known keys are search, query, fetch, id, title, url',
    ],
  ])('%s', async (_rule, allowList, report) => {
    expect(await reportOf(SEARCHED, allowList)).toContain(`allow-list.yaml:${report}`)
  })

  it.each([
    'http://shop.example/orders/{id}',
    'https://{id}.shop.example/orders',
    'https://shop.example{id}/',
    'https://shop.example:{id}/',
    'https://me@shop.example/{id}',
    'https://SHOP.example/{id}',
    'javascript:alert({id})',
    '/orders/{id}',
    '{id}',
  ])('refuses a URL that may lead elsewhere: %s', async (url) => {
    const report = await reportOf(SEARCHED, allow('https://shop.example/orders/{id}', `'${url}'`))

    expect(report).toContain(
      '15:12 namespaces → orders → research → url\n    must be an https URL with the braces behind its host',
    )
  })

  it('refuses a search that needs more than words', async () => {
    const document = edit(
      SEARCHED,
      '{ name: limit, in: query,',
      '{ name: limit, in: query, required: true,',
    )

    expect(await reportOf(document, WITH_RESEARCH)).toContain(
      '12:15 namespaces → orders → research → search\n    orders.list requires "limit", which a search does not have\n    → give it a value under "fixed"',
    )
  })

  it('refuses what is read by its URI only', async () => {
    const allowList = allow('{ operation: getOrder }', '{ operation: getOrder, offer: resource }')

    expect(await reportOf(SEARCHED, allowList)).toContain(
      '13:14 namespaces → orders → research → fetch\n    orders.get is no tool: it is read by its URI only',
    )
  })

  it('refuses a URL that only one of both can fill', async () => {
    const document = edit(
      SEARCHED,
      "properties: { order: { $ref: '#/components/schemas/Order' } }",
      'properties: { id: { type: string }, buyer: { type: object, properties: { name: { type: string } } } }',
    )
    const allowList = allow('orders/{id}', 'orders/{total}')

    expect(await reportOf(document, allowList)).toContain(
      '15:12 namespaces → orders → research → url\n    the record of orders.get has no "total"',
    )
  })

  it('does not judge a title where the document does not describe the answer', async () => {
    const document = edit(
      SEARCHED,
      "schema: { type: object, properties: { order: { $ref: '#/components/schemas/Order' } } }",
      'schema: {}',
    )

    expect(await reportOf(document, WITH_RESEARCH)).toBe('')
  })
})
