import fc, { type Arbitrary } from 'fast-check'
import { oddText, toBytes } from './odd-texts.ts'
import type { Body } from './request.ts'

/** What the authorization server reads, and what real clients put there. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  grant_type: ['authorization_code', 'refresh_token', 'client_credentials', 'password', 'implicit'],
  client_id: ['unknown', 'https://client.example/metadata.json', 'http://127.0.0.1:1/x'],
  client_secret: ['secret'],
  redirect_uri: ['http://127.0.0.1:33418/callback', 'https://claude.ai/api/mcp/auth_callback'],
  code: ['code'],
  code_verifier: ['v'.repeat(43)],
  code_challenge: ['c'.repeat(43)],
  code_challenge_method: ['S256', 'plain'],
  refresh_token: ['token'],
  token: ['token'],
  token_type_hint: ['access_token', 'refresh_token'],
  response_type: ['code', 'token', 'none', 'code id_token'],
  response_mode: ['query', 'fragment', 'form_post', 'web_message'],
  scope: ['openid', 'invoices:read', 'offline_access'],
  state: ['state'],
  resource: ['https://evil.example/mcp', 'http://127.0.0.1/mcp'],
  prompt: ['none', 'login', 'consent', 'select_account', 'create'],
  max_age: ['0', '-1', '1e9'],
  request: ['eyJhbGciOiJub25lIn0.e30.'],
  request_uri: ['https://evil.example/', 'urn:x'],
  claims: ['{}', '{"userinfo":null}'],
  username: ['owner@acme.example'],
  password: ['wrong'],
  action: ['allow', 'deny'],
  organization: ['acme', 'globex'],
}

/** Name and value pairs, some twice, some that nobody knows. */
const pairs: Arbitrary<readonly (readonly [string, string])[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc
        .constantFrom(...Object.entries(FIELDS))
        .chain(([name, values]) =>
          fc.tuple(fc.constant(name), fc.oneof(fc.constantFrom(...values), oddText)),
        ),
    },
    { weight: 1, arbitrary: fc.tuple(oddText, oddText) },
  ),
  { maxLength: 9 },
)

/** A query or form, encoded as it should be, or hardly. */
export const formText: Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: pairs.map((list) => new URLSearchParams(toPairs(list)).toString()) },
  {
    weight: 1,
    arbitrary: pairs.map((list) =>
      toBytes(list.map(([name, value]) => `${name}=${value}`).join('&')),
    ),
  },
)

/** The query of an address: what a request line can hold. */
export const queryText: Arbitrary<string> = formText.map((text) =>
  text.replaceAll(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character)),
)

/** The body of a form. */
export const formBody: Arbitrary<Body> = formText.map((bytes): Body => ({ kind: 'bytes', bytes }))

/** What a client says of itself (RFC 7591, section 2). */
export const registrationBody: Arbitrary<Body> = fc
  .record(
    {
      client_name: fc.oneof(oddText, fc.jsonValue()),
      redirect_uris: fc.oneof(
        fc.constant(['http://127.0.0.1:33418/callback']),
        fc.array(oddText, { maxLength: 3 }),
        fc.jsonValue(),
      ),
      token_endpoint_auth_method: fc.oneof(
        fc.constantFrom('none', 'client_secret_post', 'client_secret_basic', 'private_key_jwt'),
        fc.jsonValue(),
      ),
      grant_types: fc.oneof(fc.constant(['authorization_code', 'refresh_token']), fc.jsonValue()),
      response_types: fc.oneof(fc.constant(['code']), fc.jsonValue()),
      scope: fc.oneof(oddText, fc.jsonValue()),
      client_uri: fc.oneof(oddText, fc.jsonValue()),
      logo_uri: fc.oneof(oddText, fc.jsonValue()),
      jwks: fc.jsonValue(),
      jwks_uri: oddText,
      contacts: fc.jsonValue(),
      software_statement: oddText,
      __proto__: fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .map((metadata): Body => ({ kind: 'bytes', bytes: toBytes(JSON.stringify(metadata)) }))

function toPairs(list: readonly (readonly [string, string])[]): string[][] {
  return list.map(([name, value]) => [name, value])
}
