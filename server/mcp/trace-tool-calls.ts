import { ATTRIBUTES } from '../telemetry/attributes.ts'
import { traceIdOf } from '../telemetry/traceparent.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import type { CallTool } from './call-tool.ts'
import { codeOf } from './protocol-errors.ts'

const METHOD = 'tools/call'

/**
 * Makes a span of every call of a tool (OpenTelemetry's semantic conventions for MCP). It hangs
 * below what the message's `_meta.traceparent` names, or else below its HTTP request.
 */
export function traceToolCalls(callTool: CallTool, tracing: Tracing): CallTool {
  return async function traceToolCall(session, name, argumentsFromCaller) {
    const { trail, traceparent, requestTraceparent } = session
    const isOwnTrace = traceIdOf(traceparent) === traceIdOf(requestTraceparent)
    const span = tracing.begin({
      name: METHOD,
      kind: 'server',
      parent: traceparent,
      link: isOwnTrace ? null : requestTraceparent,
    })
    const end = (code: number | null) => {
      const { tool, isToolError } = trail
      span.end({
        name: tool === null ? METHOD : `${METHOD} ${tool}`,
        attributes: {
          [ATTRIBUTES.mcpMethod]: METHOD,
          [ATTRIBUTES.operationName]: 'execute_tool',
          ...(tool !== null && { [ATTRIBUTES.toolName]: tool }),
          ...(code !== null && { [ATTRIBUTES.rpcStatusCode]: String(code) }),
        },
        errorType: code !== null ? String(code) : isToolError ? 'tool_error' : null,
      })
    }
    trail.traceId = traceIdOf(span.traceparent)
    const own = { ...session, traceparent: span.traceparent }
    try {
      const result = await callTool(own, name, argumentsFromCaller)
      end(null)
      return result
    } catch (error) {
      end(codeOf(error))
      throw error
    }
  }
}
