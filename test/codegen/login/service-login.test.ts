import { describe, expect, it } from '@jest/globals'
import { DOCUMENT, edit, generateFrom, reportOf } from '../fixture.ts'

const ALLOW_LIST = `connector: { name: shop, title: Shop }
upstream:
  login:
    kind: service
    organization: { id: main, name: Acme }
    credential: { header: X-Key }
namespaces:
  orders: { title: Orders, description: Orders. }
tools:
  orders.list:
    operation: listOrders
`
const CREDENTIAL = '{ header: X-Key }'

async function problemsOf(allowList: string): Promise<string> {
  const [, ...problems] = (await reportOf(DOCUMENT, allowList)).split('\n')
  return problems.map((line) => line.slice(2)).join('\n')
}

async function indexOf(allowList: string): Promise<string> {
  const { files } = await generateFrom(DOCUMENT, allowList)
  return (files.get('index.ts') ?? '').replaceAll(/\s+/g, ' ')
}

describe('a service login', () => {
  it('needs no operation of the document', async () => {
    const code = await indexOf(ALLOW_LIST)

    expect(code).toContain('"id": "main", "name": "Acme"')
    expect(code).toContain('"in": "header", "name": "X-Key", "scheme": null')
    expect(code).toContain('access: null, }, profile: null, organizations: null, }')
  })

  it.each<[place: string, code: string]>([
    [
      '{ header: Authorization, scheme: Bearer }',
      '"in": "header", "name": "Authorization", "scheme": "Bearer"',
    ],
    ['{ query: api_key }', '"in": "query", "name": "api_key"'],
    ['{ cookie: session }', '"in": "cookie", "name": "session"'],
  ])('sends its credential in %s', async (place, code) => {
    expect(await indexOf(edit(ALLOW_LIST, CREDENTIAL, place))).toContain(code)
  })

  it('may send no credential', async () => {
    const allowList = edit(ALLOW_LIST, `    credential: ${CREDENTIAL}\n`, '')

    expect(await indexOf(allowList)).toContain('credential: null, access: null')
  })

  it.each([
    ['{ query: limit }', '"limit"'],
    ['{ query: shop }', '"shop"'],
  ])('leaves no caller the parameter that its credential %s is', async (place, argument) => {
    const before = await generateFrom(DOCUMENT, ALLOW_LIST)
    const after = await generateFrom(DOCUMENT, edit(ALLOW_LIST, CREDENTIAL, place))

    expect(before.files.get('tools/orders.ts')).toContain(argument)
    expect(after.files.get('tools/orders.ts')).not.toContain(argument)
  })

  it('lets the people of an identity provider in, or some of them', async () => {
    const some = 'domain: acme.example, claim: { name: groups, values: [ops] }'
    const all = edit(
      ALLOW_LIST,
      CREDENTIAL,
      `${CREDENTIAL}\n    access: { issuer: https://id.example }`,
    )

    expect(await indexOf(all)).toContain('"domain": null, "claim": null')
    expect(await indexOf(edit(all, 'id.example }', `id.example, ${some} }`))).toContain(
      '"domain": "acme.example", "claim": { "name": "groups", "values": [ "ops" ] }',
    )
  })

  it.each<[rule: string, from: string, to: string, problems: string]>([
    [
      'has an organization',
      '    organization: { id: main, name: Acme }\n',
      '',
      'allow-list.yaml:3:3 upstream → login\n  "organization" is missing',
    ],
    [
      'has an organization whose id can be a host label',
      'id: main',
      'id: Main Street',
      'allow-list.yaml:5:25 upstream → login → organization → id\n  must be lower-case letters, digits and "-"',
    ],
    [
      'has a credential with a place',
      CREDENTIAL,
      '{}',
      'allow-list.yaml:6:5 upstream → login → credential\n  needs one of "header", "query" and "cookie"',
    ],
    [
      'has a credential with one place',
      CREDENTIAL,
      '{ header: X-Key, query: key }',
      'allow-list.yaml:6:5 upstream → login → credential\n  needs one of "header", "query" and "cookie"',
    ],
    [
      'has a scheme in a header only',
      CREDENTIAL,
      '{ query: key, scheme: Bearer }',
      'allow-list.yaml:6:39 upstream → login → credential → scheme\n  goes with "header" only',
    ],
    [
      'sends no header that says something else',
      CREDENTIAL,
      '{ header: Host }',
      'allow-list.yaml:6:27 upstream → login → credential → header\n  the header "Host" is the connector\'s own',
    ],
    [
      'names an unknown place and the one that was meant',
      CREDENTIAL,
      '{ heeder: X-Key }',
      'allow-list.yaml:6:5 upstream → login → credential\n  needs one of "header", "query" and "cookie"\nallow-list.yaml:6:19 upstream → login → credential → heeder\n  unknown key "heeder"\n  → did you mean "header"?',
    ],
    [
      'asks nobody who they are',
      '  login:\n',
      '  apiCredentials: { key: K, secret: S, email: E }\n  profile: { operation: getMe }\n  login:\n',
      'allow-list.yaml:3:19 upstream → apiCredentials\n  is not used with "kind: service"\nallow-list.yaml:4:12 upstream → profile\n  is not used with "kind: service"',
    ],
    [
      'trusts no identity provider without TLS',
      CREDENTIAL,
      `${CREDENTIAL}\n    access: { issuer: http://id.example }`,
      'allow-list.yaml:7:23 upstream → login → access → issuer\n  must be an https URL without query and fragment',
    ],
    [
      'restricts people to a whole domain',
      CREDENTIAL,
      `${CREDENTIAL}\n    access: { issuer: https://id.example, domain: '@acme' }`,
      'allow-list.yaml:7:51 upstream → login → access → domain\n  must be a domain such as acme.example',
    ],
    [
      'restricts people to some value of a claim',
      CREDENTIAL,
      `${CREDENTIAL}\n    access: { issuer: https://id.example, claim: { name: groups, values: [] } }`,
      'allow-list.yaml:7:74 upstream → login → access → claim → values\n  must not be empty',
    ],
  ])('%s', async (_rule, from, to, problems) => {
    expect(await problemsOf(edit(ALLOW_LIST, from, to))).toBe(problems)
  })
})
