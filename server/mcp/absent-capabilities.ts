import { ResourceNotFoundError, Server } from '@modelcontextprotocol/server'
import { LIST_HINT, type RpcFeature } from './rpc-feature.ts'

/** The SDK's server, which would not answer for a capability that it does not declare. */
export class LenientServer extends Server {
  protected override assertRequestHandlerCapability(): void {
    // Lenient on purpose: `absentResources` says why.
  }
}

/**
 * Answers for resources where the connector declares none. Some clients ask for them whatever was
 * declared; an empty list is true and kinder than an error, and a resource that does not exist is
 * -32602.
 */
export const absentResources: RpcFeature = {
  capabilities: {},
  cacheHints: { 'resources/list': LIST_HINT, 'resources/templates/list': LIST_HINT },
  register(server) {
    server.setRequestHandler('resources/list', () => ({ resources: [] }))
    server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }))
    server.setRequestHandler('resources/read', ({ params }) => {
      throw new ResourceNotFoundError(params.uri)
    })
  },
}
