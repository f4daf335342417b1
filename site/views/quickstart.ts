import { listCapabilities } from '../capabilities.ts'
import {
  ELLIPSIS,
  toCurl,
  toRpc,
  toRpcResult,
  TOKEN_HEADER,
  TOKEN_VARIABLE,
} from '../example-requests.ts'
import { chooseExample, listTools, toUnderscored } from '../example-tools.ts'
import type { DocsTool } from '../docs.ts'
import type { SiteFacts } from '../facts.ts'
import { toCount } from '../wording.ts'
import { toWhoMakesKeys } from './access-texts.ts'
import { toVariants } from './variants.ts'

/** Four requests from nothing to an answer, each with what comes back. */
export function toQuickstartView(facts: SiteFacts): object {
  const { docs, deployment } = facts
  return {
    ...toVariants(facts),
    whoMakesKeys: toWhoMakesKeys(facts),
    exportToken: `export ${TOKEN_VARIABLE}='${deployment.apiKeyStart}${ELLIPSIS}'`,
    health: toHealthExample(facts),
    initialize: toInitializeExample(facts),
    list: toListExample(facts),
    call: toCallExample(facts),
    toolCount: toCount(listTools(docs).length, 'tool'),
  }
}

/** The request that needs no credential. */
export function toHealthExample({ deployment }: SiteFacts) {
  return { request: toCurl({ url: `${deployment.origin}/health` }), answer: { status: 'ok' } }
}

/** A call of the tool that the pages show. */
export function toCallExample({ docs, deployment }: SiteFacts) {
  const { tool, arguments: given } = chooseExample(docs)
  const body = toRpc(3, 'tools/call', { name: tool.name, arguments: given })
  return {
    request: toCurl({ url: deployment.mcpUrl, headers: [TOKEN_HEADER], body }),
    answer: toRpcResult(3, { content: [{ type: 'text', text: ELLIPSIS }] }),
    text: tool.example.answer,
  }
}

function toInitializeExample({ docs, deployment }: SiteFacts) {
  const { name, title, instructions } = docs.connector
  const [protocolVersion] = deployment.protocol.legacy
  return {
    request: toCurl({
      url: deployment.mcpUrl,
      headers: [TOKEN_HEADER],
      body: toRpc(1, 'initialize', { protocolVersion }),
    }),
    answer: toRpcResult(1, {
      protocolVersion,
      capabilities: listCapabilities(docs),
      serverInfo: { name, title, version: docs.document.version },
      ...(instructions !== null && { instructions: ELLIPSIS }),
    }),
  }
}

function toListExample({ docs, deployment }: SiteFacts) {
  const [first] = listTools(docs)
  return {
    request: toCurl({
      url: deployment.mcpUrl,
      headers: [TOKEN_HEADER],
      body: toRpc(2, 'tools/list'),
    }),
    answer: toRpcResult(2, {
      tools: [
        ...(first === undefined ? [] : [toListedTool(first, deployment.toolNames)]),
        ELLIPSIS,
      ],
    }),
  }
}

function toListedTool(tool: DocsTool, names: SiteFacts['deployment']['toolNames']) {
  return {
    name: names === 'underscored' ? toUnderscored(tool.name) : tool.name,
    title: tool.title,
    description: ELLIPSIS,
    inputSchema: { type: 'object', [ELLIPSIS]: ELLIPSIS },
    annotations: {
      title: tool.title,
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: false,
    },
  }
}
