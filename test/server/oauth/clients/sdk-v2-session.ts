import {
  Client,
  StreamableHTTPClientTransport,
  type OAuthDiscoveryState,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
} from '@modelcontextprotocol/client'
import { createSdkOAuthProvider } from '../../../support/sdk-oauth-provider.ts'
import { spoil, type SdkSession } from './sdk-session.ts'

/** How the client finds out which protocol era the server speaks. */
export type Negotiation = 'legacy' | 'auto' | { readonly pin: string }

/**
 * Makes a v2 client with nothing kept yet.
 *
 * @param options.clientMetadataUrl where its client id metadata document is; it registers otherwise
 */
export function openV2(
  mcpUrl: URL,
  mode: Negotiation,
  options: { readonly clientMetadataUrl?: string } = {},
): SdkSession {
  const authProvider = createSdkOAuthProvider<
    StoredOAuthClientInformation,
    StoredOAuthTokens,
    OAuthDiscoveryState
  >(options)
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
