import { describe, expect, it } from '@jest/globals'
import { toConnectorName, toTitle } from '../../../codegen/init/describe-connector.ts'
import { proposeConnector } from '../../../codegen/init/propose-connector.ts'
import { proveProposal } from '../../../codegen/init/prove-proposal.ts'
import type { Choices } from '../../../codegen/init/proposal.ts'
import { documentOf, inspectText } from './inspect.ts'

async function propose(paths: string, rest = '', choices: Choices = {}) {
  return proposeConnector(await inspectText(documentOf(paths, rest)), choices)
}

const OK = "responses: { '200': { description: Fine. } }"

/** An operation that answers with what a schema says. */
const answers = (schema: string, more = '') =>
  `{ get: { ${more} responses: { '200': { description: Fine., content: { application/json: { schema: ${schema} } } } } } }`

const BIG = `{ type: object, properties: {
    id: { type: string }, number: { type: string }, name: { type: string }, description: { type: string },
    status: { type: string }, kind: { type: string }, currency: { type: string }, total: { type: number },
    createdAt: { type: string }, dueDate: { type: string }, notes: { type: string }, ownerId: { type: string },
    buyer: { type: object, properties: { name: { type: string } } }, lines: { type: array, items: { type: object } },
    'odd.name': { type: string }, first_name: { type: string }, last_name: { type: string } } }`

describe('a proposal', () => {
  it('leaves out what a person would, with the reason, and keeps the rest', async () => {
    const proposal = await propose(`
  /orders: { get: { operationId: listOrders, summary: List orders, ${OK} }, post: { ${OK} } }
  /orders/{id}/cancel: { get: { operationId: cancelOrder, ${withArguments('id')} } }
  /auth/logout: { get: { ${OK} } }
  /authorize: { get: { ${OK} } }
  /events: { get: { responses: { '200': { description: E., content: { text/event-stream: {} } } } } }
  /archive: { get: { responses: { '302': { description: Elsewhere. } } } }
  /old/orders: { get: { deprecated: true, ${OK} } }
  /legacy: { get: { deprecated: true, ${OK} } }`)

    expect(proposal.tools.map(({ name, isDeprecated }) => [name, isDeprecated])).toEqual([
      ['legacy.get', true],
      ['old.orders', true],
      ['orders.list', false],
    ])
    expect(proposal.others).toBe(1)
    expect(proposal.leftOut.map(({ text, kind, why }) => [text, kind, why])).toEqual([
      ['GET /orders/{id}/cancel', 'changes', 'its operationId says "cancel"'],
      ['GET /auth/logout', 'changes', 'its path ends in "logout"'],
      ['GET /authorize', 'signIn', 'is a page of signing in, which the connector does itself'],
      ['GET /events', 'streams', 'answers with a stream (text/event-stream)'],
      ['GET /archive', 'redirects', 'answers with a redirect only'],
    ])
  })

  it('offers no deprecated operation where its successor is there', async () => {
    const { tools, leftOut } = await propose(`
  /teams/{team}/members: { get: { deprecated: true, ${withArguments('team')} } }
  /orgs/{org}/teams/{team}/members: { get: { ${withArguments('org', 'team')} } }`)

    expect(tools.map(({ text }) => text)).toEqual(['GET /orgs/{org}/teams/{team}/members'])
    expect(leftOut).toMatchObject([
      {
        kind: 'deprecated',
        why: 'is deprecated, and GET /orgs/{org}/teams/{team}/members is there',
      },
    ])
  })

  it('asks for pages of 25 where the upstream would send more, within its limits', async () => {
    const size = (schema: string, name = 'limit') =>
      answers(
        '{ type: array, items: { type: object } }',
        `parameters: [{ name: ${name}, in: query, schema: ${schema} }],`,
      )
    const { tools, namespaces } = await propose(`
  /a: ${size('{ type: integer }')}
  /a/more: ${size('{ type: integer, default: 500 }')}
  /b: ${size('{ type: integer, maximum: 10 }')}
  /c: ${size('{ type: integer, minimum: 100 }', 'pageSize')}
  /d: ${size('{ type: integer, default: 20 }')}
  /e: ${size('{ type: integer, enum: [10, 100] }')}
  /f: ${size('{ type: string, format: date }')}`)

    expect(tools.map(({ name, defaults }) => [name, defaults])).toEqual([
      ['a.list', {}],
      ['a.more', {}],
      ['b.list', { limit: 10 }],
      ['c.list', { pageSize: 100 }],
      ['d.list', {}],
      ['e.list', {}],
      ['f.list', {}],
    ])
    expect(namespaces[0]?.defaults).toEqual({ limit: 25 })
  })

  it('turns off what would make an answer never end', async () => {
    const { tools } = await propose(`
  /pods: { get: { parameters: [{ name: watch, in: query, schema: { type: boolean } },
    { name: follow, in: query, schema: { type: boolean, default: true } },
    { name: stream, in: query, schema: { type: string } }], ${OK} } }`)

    expect(tools).toMatchObject([{ omit: ['watch'], fixed: { follow: false } }])
  })

  it('shows the columns that tell one record from another, where there are many', async () => {
    const { tools } = await propose(`
  /big: ${answers(`{ type: object, properties: { data: { type: array, items: ${BIG} } } }`)}
  /small: ${answers('{ type: array, items: { type: object, properties: { id: {}, name: {} } } }')}
  /big/{id}: ${answers(BIG, 'parameters: [{ name: id, in: path, required: true, schema: { type: string } }],')}`)

    expect(tools.map(({ name, columns }) => [name, columns])).toEqual([
      [
        'big.list',
        [
          ...[
            'id',
            'number',
            'name',
            'status',
            'kind',
            'currency',
            'total',
            'createdAt',
            'dueDate',
          ],
          ...['ownerId', 'buyer.name', 'first_name'],
        ],
      ],
      ['big.get', null],
      ['small.list', null],
    ])
  })

  it('says where the list is, when an answer has several or is one record', async () => {
    const list = '{ type: array, items: { type: object } }'
    const { tools } = await propose(`
  /orders: ${answers(`{ type: object, properties: { orders: ${list}, warnings: ${list} } }`)}
  /account: ${answers(`{ type: object, properties: { id: { type: string }, members: ${list} } }`)}
  /plain: ${answers(`{ type: object, properties: { rows: ${list} } }`)}`)

    expect(tools.map((tool) => [tool.name, 'items' in tool ? tool.items : 'found'])).toEqual([
      ['account.get', null],
      ['orders.list', '/orders'],
      ['plain.list', 'found'],
    ])
  })

  it.each([
    ['{ type: apiKey, in: header, name: X-Key }', { header: 'X-Key' }],
    ['{ type: apiKey, in: query, name: api_key }', { query: 'api_key' }],
    ['{ type: apiKey, in: cookie, name: sid }', { cookie: 'sid' }],
    ['{ type: http, scheme: bearer }', { header: 'Authorization', scheme: 'Bearer' }],
    ['{ type: http, scheme: Basic }', { header: 'Authorization', scheme: 'Basic' }],
    ['{ type: oauth2, flows: {} }', { header: 'Authorization', scheme: 'Bearer' }],
    [
      '{ type: apiKey, in: header, name: authorization, description: "Bearer <token>" }',
      { header: 'Authorization', scheme: 'Bearer' },
    ],
    ['{ type: apiKey, in: header, name: "not a header" }', null],
    ['{ type: mutualTLS }', null],
  ])('sends the credential as the security scheme %s says', async (scheme, credential) => {
    const rest = `security: [{ it: [] }]\ncomponents: { securitySchemes: { it: ${scheme} } }`
    const { login } = await propose(`  /orders: { get: { ${OK} } }`, rest)

    expect(login).toEqual({ credential, scheme: credential === null ? null : 'it', issuer: null })
  })

  it('prefers a header of its own to a token, and names the provider that people could sign in at', async () => {
    const rest = `security: [{ basic: [], key: [], oidc: [] }]
components:
  securitySchemes:
    basic: { type: http, scheme: basic }
    oidc: { type: openIdConnect, openIdConnectUrl: 'https://id.example/.well-known/openid-configuration' }
    key: { type: apiKey, in: header, name: X-Key }`
    const { login } = await propose(`  /orders: { get: { ${OK} } }`, rest)

    expect(login).toEqual({
      credential: { header: 'X-Key' },
      scheme: 'key',
      issuer: 'https://id.example',
    })
  })

  it('names the other origins that tools are served from', async () => {
    const { servers } = await propose(
      `  /files: { get: { servers: [{ url: 'https://files.shop.example/v1' }], ${OK} } }
  /orders: { get: { ${OK} } }`,
      "servers: [{ url: 'https://shop.example' }]",
    )

    expect(servers).toEqual(['https://files.shop.example'])
  })

  it('takes what a person decided otherwise', async () => {
    const { connector, tools, namespaces } = await propose(
      `
  /orders: { get: { operationId: listOrders, ${OK} } }
  /buyers: { get: { operationId: listBuyers, ${OK} } }
  /buyers/verify: { get: { operationId: verifyBuyer, ${OK} } }`,
      '',
      { name: 'acme', title: 'Acme', namespaces: ['buyers'], harmless: ['verifyBuyer'] },
    )

    expect(connector).toMatchObject({ name: 'acme', title: 'Acme' })
    expect(namespaces.map(({ name }) => name)).toEqual(['buyers'])
    expect(tools.map(({ name }) => name)).toEqual(['buyers.list', 'buyers.verify'])
  })
})

describe('a proven proposal', () => {
  it('generates without a problem, whatever the document says of itself', async () => {
    const hostile = '"]: #\n# evil: true\n---\n\u2028- &a *b !!js/function \'" {{x}} ${y}'
    const responses = { 200: { description: hostile } }
    const y = { name: 'y', in: 'path', required: true, schema: { type: 'string' } }
    const document = {
      openapi: '3.1.0',
      info: { title: hostile, version: hostile, description: hostile },
      tags: [{ name: hostile, description: hostile }],
      paths: {
        '/orders': {
          get: { operationId: hostile, tags: [hostile], summary: hostile, responses },
        },
        '/true': { get: { operationId: 'null', summary: 'yes', responses } },
        '/no/{y}': { get: { operationId: 'GET /x', parameters: [y], responses } },
        '/constructor': { get: { operationId: '__proto__', responses } },
      },
    }
    const inspection = await inspectText(JSON.stringify(document))

    const { proposal, generated } = await proveProposal(inspection)

    expect(proposal.tools).toHaveLength(4)
    expect(generated?.files.size).toBeGreaterThan(4)
  })

  it('leaves out what only fails when it is generated', async () => {
    const inspection = await inspectText(
      documentOf(`
  /files: { get: { servers: [{ url: 'http://files.example' }], ${OK} } }
  /broken: { get: { parameters: [{ $ref: '#/components/parameters/None' }], ${OK} } }
  /orders: { get: { ${OK} } }`),
    )

    const { proposal, generated, allowList } = await proveProposal(inspection)

    expect(generated).not.toBeNull()
    expect(proposal.tools.map(({ name }) => name)).toEqual(['orders.list'])
    expect(proposal.leftOut).toMatchObject([
      { text: 'GET /files', kind: 'refused' },
      { text: 'GET /broken', kind: 'refused', why: expect.stringContaining('points to nothing') },
    ])
    expect(allowList).toContain('# - GET /files: ')
  })
})

it.each([
  ['Flowtly', 'Flowtly', 'flowtly'],
  ['Stripe API', 'Stripe', 'stripe'],
  ['GitHub v3 REST API', 'GitHub', 'github'],
  ['DocuSign REST API - v2.1 (beta)', 'DocuSign', 'docusign'],
  ['Swagger Petstore - OpenAPI 3.0', 'Petstore', 'petstore'],
  ['The Café API Specification', 'The Café', 'the-cafe'],
  ['', 'Connector', 'connector'],
  ['42', 'Connector', 'connector'],
  ['日本', '日本', 'connector'],
])('the document %j makes the connector %j, %j', (text, title, name) => {
  expect(toTitle(text)).toBe(title)
  expect(toConnectorName(toTitle(text))).toBe(name)
})

function withArguments(...names: readonly string[]): string {
  const parameters = names.map(
    (name) => `{ name: ${name}, in: path, required: true, schema: { type: string } }`,
  )
  return `parameters: [${parameters.join(', ')}], ${OK}`
}
