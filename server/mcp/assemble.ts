import type { Logger } from 'pino'
import type { UpstreamClient } from '../upstream/client.ts'
import { createCallTool } from './call-tool.ts'
import { createCatalogue } from './catalogue.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createServerBuilder } from './rpc-server.ts'
import type { Connector } from './tool.ts'

/**
 * Puts the MCP side of a connector together: message → tool → upstream → projection.
 *
 * @param options.toolNames `auto` is `dotted` for clients that nothing is known about
 * @param options.url the connector's own URL
 */
export function assembleDispatch(options: {
  readonly connector: Connector
  readonly upstream: UpstreamClient
  readonly toolNames: 'auto' | 'dotted' | 'underscored'
  readonly url: URL
  readonly log: Logger
}): Dispatch {
  const { connector, upstream, toolNames, url, log } = options
  const catalogue = createCatalogue(connector, toolNames === 'auto' ? 'dotted' : toolNames)
  const callTool = createCallTool({ catalogue, upstream, log })
  const buildServer = createServerBuilder({ connector, catalogue, callTool, log })
  return createDispatch({ url, buildServer, log })
}
