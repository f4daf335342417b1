import type { OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type {
  OAuthClientInformationMixed,
  OAuthTokens,
} from '@modelcontextprotocol/sdk/shared/auth.js'
import { expect, it } from '@jest/globals'
import { approveInBrowser } from '../../../support/approve-in-browser.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { createSdkOAuthProvider } from '../../../support/sdk-oauth-provider.ts'
import { spoil, type SdkSession } from './sdk-session.ts'
import { describeSdkClient, latest } from './sdk-suite.ts'

function openV1(mcpUrl: URL): SdkSession {
  const authProvider = createSdkOAuthProvider<
    OAuthClientInformationMixed,
    OAuthTokens,
    OAuthDiscoveryState
  >()
  const begin = () => ({
    client: new Client({ name: 'sluice-test', version: '1' }),
    transport: new StreamableHTTPClientTransport(mcpUrl, { authProvider }),
  })
  let current = begin()
  return {
    async connect() {
      await current.client.close()
      current = begin()
      await current.client.connect(current.transport)
    },
    finishAuth: ({ searchParams }) => current.transport.finishAuth(searchParams.get('code') ?? ''),
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

describeSdkClient('v1 client', openV1)

it('the v1 client, which answers a missing scope by a refresh, ends with the 403', async () => {
  await using running = await startWithDemo()
  const session = openV1(new URL('/mcp', running.connector.url))
  await expect(session.connect()).rejects.toThrow(/unauthorized/i)
  const person = { scopes: ['invoices:read'] }
  await session.finishAuth(await approveInBrowser(latest(session), person))
  await session.connect()

  const call = session.callTool('contracts.list')

  await expect(call).rejects.toMatchObject({ code: 403 })
  expect(session.opened).toHaveLength(1)
  await session.close()
})
