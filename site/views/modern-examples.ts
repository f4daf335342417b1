import { listCapabilities } from '../capabilities.ts'
import { ELLIPSIS, toCurl, toRpc, toRpcResult, TOKEN_HEADER } from '../example-requests.ts'
import { chooseExample } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'

const META = 'io.modelcontextprotocol/'

/** Two requests without a handshake: all that a client needs to know, and a call. */
export function toModernExamples(facts: SiteFacts) {
  const { docs } = facts
  const { tool, arguments: given } = chooseExample(docs)
  const { name, title, instructions } = docs.connector
  const params = { name: tool.name, arguments: given }
  const serverInfo = { name, title, version: docs.document.version }
  const known = { _meta: { [`${META}serverInfo`]: serverInfo } }
  return {
    discover: {
      request: toModernCurl(facts, 'server/discover', {}, []),
      answer: toRpcResult(1, {
        supportedVersions: facts.deployment.protocol.modern,
        capabilities: listCapabilities(docs),
        ...(instructions !== null && { instructions: ELLIPSIS }),
        resultType: 'complete',
        ttlMs: facts.deployment.lifetimes.discovery * 1000,
        cacheScope: 'private',
        ...known,
      }),
    },
    modernCall: {
      request: toModernCurl(facts, 'tools/call', params, [`Mcp-Name: ${tool.name}`]),
      answer: toRpcResult(1, {
        content: [{ type: 'text', text: ELLIPSIS }],
        resultType: 'complete',
        ...known,
      }),
    },
  }
}

function toModernCurl(
  { deployment }: SiteFacts,
  method: string,
  params: object,
  headers: readonly string[],
): string {
  const [version] = deployment.protocol.modern
  const _meta = {
    [`${META}protocolVersion`]: version,
    [`${META}clientInfo`]: { name: 'example', version: '1.0.0' },
    [`${META}clientCapabilities`]: {},
  }
  return toCurl({
    url: deployment.mcpUrl,
    headers: [
      TOKEN_HEADER,
      `MCP-Protocol-Version: ${version}`,
      `Mcp-Method: ${method}`,
      ...headers,
    ],
    body: toRpc(1, method, { ...params, _meta }),
  })
}
