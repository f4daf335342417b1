import type { Middleware } from '../http/context.ts'
import type { Connector } from '../mcp/tool.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { createApiCredentials } from './api-credentials.ts'
import { authenticate } from './authenticate.ts'
import { createFindMembership } from './membership.ts'

/**
 * Puts together the ways in that a connector offers.
 *
 * @param options.apiCredentials whether the operator allows them; the connector must offer them too
 */
export function assembleAuthentication(options: {
  readonly connector: Connector
  readonly upstream: UpstreamClient
  readonly apiCredentials: boolean
}): Middleware {
  const { connector, upstream } = options
  const now = () => performance.now()
  const headers = options.apiCredentials ? connector.upstream.apiCredentials : null
  const realm = connector.name
  if (headers === null) {
    return authenticate({
      ways: [],
      realm,
      hint: 'This connector has no way in: see its operator.',
    })
  }
  const findMembership = createFindMembership({ connector, upstream })
  return authenticate({
    ways: [createApiCredentials({ headers, findMembership, now })],
    realm,
    hint: `Send ${headers.key}, ${headers.secret} and ${headers.email}.`,
  })
}
