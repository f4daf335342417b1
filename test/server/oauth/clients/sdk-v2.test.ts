import {
  Client,
  StreamableHTTPClientTransport,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
} from '@modelcontextprotocol/client'
import { describe, expect, it, jest } from '@jest/globals'
import { approveInBrowser } from '../../../support/approve-in-browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { createSdkOAuthProvider } from '../../../support/sdk-oauth-provider.ts'
import { spoil, type SdkSession } from './sdk-session.ts'
import { A_RESULT, describeSdkClient, latest } from './sdk-suite.ts'

const warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined)

type Negotiation = 'legacy' | 'auto' | { readonly pin: string }

const MODES: readonly (readonly [name: string, mode: Negotiation])[] = [
  ['v2 client in legacy mode', 'legacy'],
  ['v2 client in auto mode', 'auto'],
  ['v2 client pinned to 2026-07-28', { pin: '2026-07-28' }],
]

function openV2(mcpUrl: URL, mode: Negotiation): SdkSession {
  const authProvider = createSdkOAuthProvider<
    StoredOAuthClientInformation,
    StoredOAuthTokens,
    OAuthDiscoveryState
  >()
  const begin = () => ({
    client: new Client({ name: 'sluice-test', version: '1' }, { versionNegotiation: { mode } }),
    transport: new StreamableHTTPClientTransport(mcpUrl, { authProvider }),
  })
  let current = begin()
  return {
    async connect() {
      await current.client.close()
      current = begin()
      await current.client.connect(current.transport)
    },
    finishAuth: ({ searchParams }) => current.transport.finishAuth(searchParams),
    listTools: () => current.client.listTools(),
    callTool: (name) => current.client.callTool({ name, arguments: { pageSize: 1 } }),
    close: () => current.client.close(),
    tokens: authProvider.tokens,
    clientId: () => authProvider.clientInformation()?.client_id,
    spoilAccessToken() {
      const tokens = authProvider.tokens()
      if (tokens === undefined) throw new Error('no tokens are kept')
      authProvider.saveTokens({ ...tokens, access_token: spoil(tokens.access_token) })
    },
    opened: authProvider.opened,
  }
}

for (const [name, mode] of MODES) describeSdkClient(name, (mcpUrl) => openV2(mcpUrl, mode))

describe.each(MODES)('the %s, connected with some scopes only', (_name, mode) => {
  it('asks for what is missing beside what it has, and goes on', async () => {
    await using running = await startWithDemo()
    const session = openV2(new URL('/mcp', running.connector.url), mode)
    await expect(session.connect()).rejects.toThrow(/unauthorized/i)
    const person = { scopes: ['invoices:read'] }
    await session.finishAuth(await approveInBrowser(latest(session), person))
    await session.connect()

    await expect(session.callTool('contracts.list')).rejects.toThrow(/unauthorized/i)
    const asked = latest(session).searchParams.get('scope')?.split(' ')
    await session.finishAuth(await approveInBrowser(latest(session)))
    const result = await session.callTool('contracts.list')
    const other = await session.callTool('invoices.list')

    expect(asked).toEqual(expect.arrayContaining(['invoices:read', 'contracts:read']))
    expect(result).toMatchObject(A_RESULT)
    expect(other).toMatchObject(A_RESULT)
    expect(session.opened).toHaveLength(2)
    await session.close()
  })
})

it('the v2 client has warned of nothing but the grants that were revoked', () => {
  const warnings = warned.mock.calls.map(([text]) => String(text))

  expect(warnings).toHaveLength(MODES.length)
  expect(warnings).toEqual(MODES.map(() => expect.stringContaining('"invalid_grant"')))
})
