import { describe, expect, it } from '@jest/globals'
import type { Bundle } from '../../../codegen/document/bundle.ts'
import type { Json, JsonObject } from '../../../codegen/json.ts'
import { readOwnServer, readServerUrl } from '../../../codegen/document/servers.ts'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom, reportOf } from '../fixture.ts'

function bundle(
  servers: Json | undefined,
  url: string | null = null,
  item: JsonObject = {},
): Bundle {
  const place = () => ({ file: '', line: null, column: null, where: '' })
  const document = { ...(servers === undefined ? {} : { servers }), paths: { '/x': item } }
  return { document, url, place }
}

const located = { value: {}, file: '', path: [] }
const OPERATION = {
  ...{ operationId: null, method: 'GET', path: '/x', pathItem: located, operation: located },
}

describe('readServerUrl', () => {
  it.each<[servers: Json | undefined, documentUrl: string | null, url: string | null]>([
    [[{ url: 'https://api.example.com/v1/' }], null, 'https://api.example.com/v1'],
    [
      [{ url: 'https://api.example.com' }, { url: 'https://b.example' }],
      null,
      'https://api.example.com',
    ],
    [
      [
        {
          url: 'https://{region}.example.com/{v}',
          variables: { region: { default: 'eu' }, v: { enum: ['v2'] } },
        },
      ],
      null,
      'https://eu.example.com/v2',
    ],
    [[{ url: 'https://{region}.example.com' }], null, null],
    [[{ url: '/api/v1' }], null, null],
    [
      [{ url: '/api/v1' }],
      'https://api.example.com/docs/openapi.yaml',
      'https://api.example.com/api/v1',
    ],
    [[{ url: '../v2' }], 'https://api.example.com/docs/openapi.yaml', 'https://api.example.com/v2'],
    [undefined, 'http://127.0.0.1:8081/api/docs', 'http://127.0.0.1:8081'],
    [undefined, null, null],
    [[{ url: 'ws://api.example.com' }], null, null],
    [[{ url: 'api.example.com/v1' }], null, null],
    ['https://api.example.com', null, null],
  ])('reads %j, fetched from %s, as %s', (servers, documentUrl, url) => {
    expect(readServerUrl(bundle(servers, documentUrl))).toBe(url)
  })
})

describe('readOwnServer', () => {
  const common = [{ url: 'https://api.example.com/v1' }]

  it.each<[rule: string, item: JsonObject, server: string | null]>([
    ['that has none', { get: {} }, null],
    ['that repeats the common one', { servers: [{ url: 'https://api.example.com/v1/' }] }, null],
    ['on the same origin', { servers: [{ url: 'https://api.example.com/v2' }] }, '/v2'],
    ['at the root of the same origin', { servers: [{ url: 'https://api.example.com' }] }, '/'],
    ['that is relative', { get: { servers: [{ url: '/v3' }] } }, '/v3'],
    [
      'elsewhere',
      { get: { servers: [{ url: 'https://up.example.com/2' }] } },
      'https://up.example.com/2',
    ],
    [
      'that replaces its path’s',
      { servers: [{ url: '/v2' }], get: { servers: [{ url: '/v3' }] } },
      '/v3',
    ],
  ])('serves an operation %s', (_rule, item, server) => {
    expect(readOwnServer(bundle(common, null, item), OPERATION)).toBe(server)
  })

  it('keeps a path where nobody knows the origin', () => {
    const item = { servers: [{ url: '/v2' }] }

    expect(readOwnServer(bundle([{ url: '/v1' }], null, item), OPERATION)).toBe('/v2')
    expect(readOwnServer(bundle([{ url: '/v2/' }], null, item), OPERATION)).toBeNull()
  })
})

describe('an operation at another origin', () => {
  const document = (url: string) =>
    edit(
      edit(DOCUMENT, 'paths:\n', 'servers: [{ url: https://api.example.com }]\npaths:\n'),
      '      operationId: listOrders\n',
      `      operationId: listOrders\n      servers: [{ url: ${url} }]\n`,
    )
  const allowing = (origin: string) =>
    edit(ALLOW_LIST, 'upstream:\n', `upstream:\n  servers: [${origin}]\n`)

  it('is refused until the allow-list names the origin', async () => {
    const report = await reportOf(document('https://files.example.com/v1'))

    expect(report).toContain(
      [
        'openapi.yaml:13:7 #/paths/~1orders/get/servers',
        '    GET /orders is served by https://files.example.com, another origin than the rest',
        '    → if members\' credentials may go there, add it to "servers" under "upstream"; else leave the tool out',
      ].join('\n'),
    )
  })

  it('is called there once it is named', async () => {
    const { files } = await generateFrom(
      document('https://files.example.com/v1'),
      allowing('https://files.example.com'),
    )

    expect(files.get('tools/orders.ts')).toContain('"server": "https://files.example.com/v1"')
  })

  it('is refused where it has no TLS', async () => {
    expect(await reportOf(document('http://files.example.com/v1'))).toContain('it has no TLS')
  })

  it.each(['http://files.example.com', 'https://files.example.com/v1', 'files.example.com'])(
    'is not allowed by %s',
    async (origin) => {
      expect(await reportOf(document('https://files.example.com/v1'), allowing(origin))).toContain(
        'must be an https origin such as "https://files.example.com"',
      )
    },
  )
})

describe('source.json', () => {
  it('says where relative servers are', async () => {
    const more = { 'source.json': '{"url": "https://shop.example/docs/openapi.yaml"}' }
    const document = edit(DOCUMENT, 'paths:\n', 'servers: [{ url: /api }]\npaths:\n')

    const { files } = await generateFrom(document, ALLOW_LIST, more)

    expect(files.get('index.ts')).toContain('serverUrl: "https://shop.example/api"')
  })

  it('is a problem where it is not usable', async () => {
    const report = await reportOf(DOCUMENT, ALLOW_LIST, { 'source.json': '{' })

    expect(report).toContain('source.json is missing or not JSON')
  })
})
