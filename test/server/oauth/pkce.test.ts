import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openAuthorization, refusalIn } from '../../support/authorization-answer.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  authorizationUrl,
  authorize,
  createPkce,
  REDIRECT_URI,
  registerClient,
  requestTokens,
  type TestClient,
} from '../../support/oauth-client.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
let publicClient: TestClient
let confidentialClient: TestClient

beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
  publicClient = await registerClient(url)
  const method = 'client_secret_post'
  confidentialClient = await registerClient(url, { token_endpoint_auth_method: method })
})

afterAll(() => running.close())

describe('PKCE (RFC 7636)', () => {
  const clients = [
    ['public', () => publicClient],
    ['confidential', () => confidentialClient],
  ] as const
  const cases: [string, Readonly<Record<string, string | null>>][] = [
    ['no challenge', { code_challenge: null, code_challenge_method: null }],
    ['a method without a challenge', { code_challenge: null }],
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no method, which would mean plain', { code_challenge_method: null }],
    ['an unknown method', { code_challenge_method: 'S512' }],
    ['a challenge that is too short', { code_challenge: 'abc' }],
    ['a challenge that is too long', { code_challenge: 'a'.repeat(129) }],
    ['a challenge with other characters', { code_challenge: `${'a'.repeat(42)}=` }],
  ]

  describe.each(clients)('of a %s client', (_kind, client) => {
    it.each(cases)('is refused with %s', async (_name, params) => {
      const address = authorizationUrl(url, client(), createPkce().challenge, params)

      expect(refusalIn(await openAuthorization(address))).toEqual({
        sentTo: REDIRECT_URI,
        error: 'invalid_request',
        state: 'test-state',
        iss: url,
        code: null,
      })
    })

    it.each<[string, (right: string) => string | null]>([
      ['another verifier', () => createPkce().verifier],
      ['the challenge itself', (right) => createHash('sha256').update(right).digest('base64url')],
      ['a verifier that is too short', (right) => right.slice(0, 42)],
      ['no verifier', () => null],
    ])('gives no token for %s', async (_name, toSent) => {
      const { code, verifier } = await authorize(url, client())
      const sent = toSent(verifier)

      const tokens = await requestTokens(url, client(), {
        grant_type: 'authorization_code',
        code,
        redirect_uri: REDIRECT_URI,
        ...(sent !== null && { code_verifier: sent }),
      })

      expect(tokens).toMatchObject({ status: 400, access_token: '', refresh_token: '' })
      expect(tokens.error).toMatch(/^invalid_(?:grant|request)$/)
    })
  })
})
