import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Login } from '../../../server/mcp/tool.ts'
import { Secret } from '../../../server/secret.ts'
import { assemblePeople } from '../../../server/sign-in/assemble.ts'
import { oidcLogin, withLogin } from '../../support/connectors.ts'
import { asRedirect, openUpstream, readFlowtly } from './fixture.ts'

const CLIENT = { clientId: 'us', clientSecret: new Secret('ours'), issuer: null }
const { upstream, close } = openUpstream('http://127.0.0.1:9')
let flowtly: Awaited<ReturnType<typeof readFlowtly>>
beforeAll(async () => {
  flowtly = await readFlowtly()
})
afterAll(() => close())

function assemble(login: Login | null, oidc: Parameters<typeof assemblePeople>[0]['oidc'] = null) {
  const people = assemblePeople({
    connector: login === null ? flowtly : withLogin(flowtly, login),
    upstream,
    oidc,
    redirectUri: new URL('https://mcp.example/oauth/callback'),
  })
  if (people === null) throw new Error('nobody signs in')
  return people.signIn
}

describe('assemblePeople', () => {
  it('makes what the allow-list names, without asking anybody', () => {
    expect(assemble(null)).toMatchObject({ kind: 'form', accountField: 'username' })
    expect(assemble({ kind: 'api-credentials' })).toMatchObject({
      kind: 'form',
      accountField: 'email',
      renew: null,
    })
    expect(assemble(oidcLogin('https://id.example/tenant'), CLIENT)).toMatchObject({
      kind: 'redirect',
      providerHost: 'id.example',
    })
  })

  it("lets the operator replace the allow-list's issuer", () => {
    const oidc = { ...CLIENT, issuer: new URL('http://127.0.0.1:9/') }

    const signIn = asRedirect(assemble(oidcLogin('https://id.example'), oidc))

    expect(signIn.providerHost).toBe('127.0.0.1:9')
  })

  it('names the variables that an identity provider needs', () => {
    expect(() => assemble(oidcLogin('https://id.example'))).toThrow(
      expect.objectContaining({
        problems: [
          'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are required: "flowtly" signs people in at https://id.example',
        ],
      }),
    )
  })
})
