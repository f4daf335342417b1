import { ProtocolError } from '@modelcontextprotocol/server'
import type { Catalogue } from './catalogue.ts'
import { INVALID_PARAMS } from './protocol-errors.ts'
import { LIST_HINT, type RpcFeature } from './rpc-feature.ts'
import { refineSession } from './session.ts'
import { toResult } from './tool-answer.ts'

/** Makes `tools/list` and `tools/call`. */
export function toolsFeature(catalogue: Catalogue): RpcFeature {
  return {
    capabilities: { tools: {} },
    cacheHints: { 'tools/list': LIST_HINT },
    register(server, { session, callTool, guard }) {
      server.setRequestHandler('tools/list', (request) =>
        guard(async () => {
          if (request.params?.cursor === undefined)
            return { tools: await catalogue.listFor(session.identity) }
          throw new ProtocolError(INVALID_PARAMS, 'Unknown cursor: the list has one page')
        }),
      )
      server.setRequestHandler('tools/call', ({ params }, { mcpReq }) =>
        guard(async () => {
          const signal = AbortSignal.any([session.signal, mcpReq.signal])
          const own = { ...refineSession(session, mcpReq._meta ?? {}), signal }
          return toResult(await callTool(own, params.name, params.arguments ?? {}))
        }),
      )
    },
  }
}
