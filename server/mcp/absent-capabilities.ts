import { ResourceNotFoundError, Server } from '@modelcontextprotocol/server'

/** The SDK's server, which would not answer for a capability that it does not declare. */
export class LenientServer extends Server {
  protected override assertRequestHandlerCapability(): void {
    // Lenient on purpose: `answerAbsentCapabilities` says why.
  }
}

/**
 * Answers for resources, which the connector does not declare: there are none. Some clients ask for
 * them whatever was declared; an empty list is true and kinder than an error, and a resource that
 * does not exist is -32602.
 */
export function answerAbsentCapabilities(server: LenientServer): void {
  server.setRequestHandler('resources/list', () => ({ resources: [] }))
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }))
  server.setRequestHandler('resources/read', ({ params }) => {
    throw new ResourceNotFoundError(params.uri)
  })
}
