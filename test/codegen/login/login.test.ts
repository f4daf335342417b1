import { describe, expect, it } from '@jest/globals'
import { ALLOW_LIST, DOCUMENT, edit, generateFrom, reportOf } from '../fixture.ts'

/** A document whose sessions are opened with a name and a word, and renewed. */
const SESSIONS = edit(
  DOCUMENT,
  'components:\n',
  `  /sessions:
    get:
      operationId: showSession
      responses: { '200': { $ref: '#/components/responses/Session' } }
    post:
      operationId: openSession
      requestBody: { content: { application/json: { schema: { required: [name, word], properties: { name: {}, word: {} } } } } }
      responses: { '201': { $ref: '#/components/responses/Session' } }
  /sessions/renewal:
    post:
      operationId: renewSession
      requestBody: { content: { application/json: { schema: { required: [key], properties: { key: {}, device: {} } } } } }
      responses: { '200': { $ref: '#/components/responses/Session' } }
  /sessions/device:
    post:
      operationId: renewDevice
      parameters: [{ name: zone, in: query, required: true, schema: {} }]
      requestBody: { content: { application/json: { schema: { required: [key, device], properties: { key: {}, device: {} } } } } }
      responses: { '200': { description: No tokens., content: { application/json: { schema: { properties: { token: {} } } } } } }
components:
  responses:
    Session: { description: A session., content: { application/json: { schema: { properties: { token: {}, next: {} } } } } }
`,
)

const REFRESH =
  'refresh: { operation: renewSession, refreshToken: /next, body: /key, token: /token }'
const PASSWORD = edit(
  ALLOW_LIST,
  '  login: { kind: api-credentials }\n',
  `  login:
    kind: password
    operation: openSession
    username: /name
    password: /word
    token: /token
    ${REFRESH}
`,
)

/** The allow-list with a login at an identity provider, written on line 3. */
function withOidc(rest: string): string {
  return edit(ALLOW_LIST, 'kind: api-credentials', `kind: oidc${rest}`)
}

async function problemsOf(document: string, allowList: string): Promise<string> {
  const [, ...problems] = (await reportOf(document, allowList)).split('\n')
  return problems.map((line) => line.slice(2)).join('\n')
}

describe('a password login', () => {
  it('is written with its renewal, and with the operations that both need', async () => {
    const { files } = await generateFrom(SESSIONS, PASSWORD)
    const code = files.get('index.ts') ?? ''
    const paths: unknown = JSON.parse(files.get('openapi.json') ?? '')

    expect(code).toContain('send: defineRequest<paths>()((upstream, refreshToken: string) =>')
    expect(code).toContain('key: refreshToken,')
    expect(paths).toHaveProperty(['paths', '/sessions/renewal', 'post'])
    expect(paths).not.toHaveProperty(['paths', '/sessions/device'])
    expect(paths).not.toHaveProperty(['paths', '/sessions', 'get'])
  })

  it('may have no renewal', async () => {
    const { files } = await generateFrom(SESSIONS, edit(PASSWORD, `    ${REFRESH}\n`, ''))

    expect(files.get('index.ts')).toContain('refresh: null,')
    expect(files.get('openapi.json')).not.toContain('renewal')
  })

  it.each<[rule: string, from: string, to: string, problems: string]>([
    [
      'refuses an operation that cannot carry a password',
      'openSession',
      'showSession',
      'allow-list.yaml:5:16 upstream → login → operation\n  a password login is a POST with a JSON body that the document describes',
    ],
    [
      'refuses to put a name where the body has no place for it',
      'username: /name',
      'username: /nam',
      'allow-list.yaml:5:16 upstream → login → operation\n  its body also needs name, which a password login cannot give\nallow-list.yaml:6:15 upstream → login → username\n  the body has nothing at "/nam"\n  → did you mean "name"?',
    ],
    [
      'names an unknown key of the renewal and the one that was meant',
      'body: /key',
      'body: /key, tokn: /token',
      'allow-list.yaml:9:74 upstream → login → refresh → tokn\n  unknown key "tokn"\n  → did you mean "token"?',
    ],
    [
      'says what the renewal lacks',
      'body: /key, ',
      '',
      'allow-list.yaml:9:5 upstream → login → refresh\n  "body" is missing',
    ],
    [
      'refuses a renewal that is no mapping',
      REFRESH,
      'refresh: renewSession',
      'allow-list.yaml:9:14 upstream → login → refresh\n  must be a mapping',
    ],
    [
      'names an unknown renewal and the one that was meant',
      'renewSession',
      'renewSesion',
      'allow-list.yaml:9:27 upstream → login → refresh → operation\n  no operation has the operationId "renewSesion"\n  → did you mean "renewSession"?',
    ],
    [
      'refuses a renewal that cannot carry a token',
      'renewSession',
      'showSession',
      'allow-list.yaml:9:27 upstream → login → refresh → operation\n  a renewal is a POST with a JSON body that the document describes',
    ],
    [
      'refuses to put the refresh token where the body has no place for it',
      'body: /key',
      'body: /device/id',
      'allow-list.yaml:9:27 upstream → login → refresh → operation\n  its body also needs key, which a renewal cannot give',
    ],
    [
      'refuses a renewal that needs more, or gives less',
      'renewSession',
      'renewDevice',
      'allow-list.yaml:9:27 upstream → login → refresh → operation\n  the operation needs the parameter "zone", which a session cannot give\nallow-list.yaml:9:27 upstream → login → refresh → operation\n  its body also needs device, which a renewal cannot give\nallow-list.yaml:9:54 upstream → login → refresh → refreshToken\n  the answer has nothing at "/next"',
    ],
    [
      'refuses a refresh token that neither answer holds',
      'refreshToken: /next',
      'refreshToken: /nxt',
      'allow-list.yaml:9:55 upstream → login → refresh → refreshToken\n  the answer has nothing at "/nxt"\n  → did you mean "next"?\nallow-list.yaml:9:55 upstream → login → refresh → refreshToken\n  the answer of the login has nothing at "/nxt"\n  → did you mean "next"?',
    ],
  ])('%s', async (_rule, from, to, problems) => {
    expect(await problemsOf(SESSIONS, edit(PASSWORD, from, to))).toBe(problems)
  })
})

describe('a login at an identity provider', () => {
  it.each([
    ['over https', 'https://id.shop.example/tenant'],
    ['over http on this machine', 'http://127.0.0.1:9000'],
    ['over http on this machine, by IPv6', "'http://[::1]:9000'"],
  ])('needs no operation of the document, %s', async (_where, issuer) => {
    const { files } = await generateFrom(DOCUMENT, withOidc(`, issuer: ${issuer}`))

    expect(files.get('index.ts')).toContain(`issuer: "${issuer.replaceAll("'", '')}",`)
  })

  it.each<[rule: string, rest: string, problems: string]>([
    ['needs an issuer', '', 'allow-list.yaml:3:3 upstream → login\n  "issuer" is missing'],
    ...[
      'http://id.shop.example',
      'id.shop.example',
      "'https://id.shop.example/?a=b'",
      "'https://id.shop.example/#a'",
      'https://me:word@id.shop.example',
      'http://127.0.0.1.shop.example',
    ].map((issuer): [string, string, string] => [
      `refuses the issuer ${issuer}`,
      `, issuer: ${issuer}`,
      'allow-list.yaml:3:32 upstream → login → issuer\n  must be an https URL without query and fragment',
    ]),
    [
      'asks for an id token',
      ', issuer: https://id.example, scopes: [profile]',
      'allow-list.yaml:3:60 upstream → login → scopes\n  must hold "openid"',
    ],
    [
      'refuses several scopes in one text',
      ', issuer: https://id.example, scopes: [openid, a b]',
      'allow-list.yaml:3:69 upstream → login → scopes → 1\n  must be one scope, without spaces',
    ],
    [
      'refuses a resource that is no URL',
      ', issuer: https://id.example, resource: api',
      'allow-list.yaml:3:62 upstream → login → resource\n  must be an https URL without fragment',
    ],
    [
      'names an unknown key and the one that was meant',
      ', issuer: https://id.example, scope: [openid]',
      'allow-list.yaml:3:52 upstream → login → scope\n  unknown key "scope"\n  → did you mean "scopes"?',
    ],
    [
      'has no client of its own in the allow-list',
      ', issuer: https://id.example, clientSecret: x',
      'allow-list.yaml:3:52 upstream → login → clientSecret\n  unknown key "clientSecret"\n  → known keys are kind, issuer, scopes, resource',
    ],
  ])('%s', async (_rule, rest, problems) => {
    expect(await problemsOf(DOCUMENT, withOidc(rest))).toBe(problems)
  })
})
