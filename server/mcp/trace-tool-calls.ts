import { ATTRIBUTES } from '../telemetry/attributes.ts'
import { traceIdOf } from '../telemetry/traceparent.ts'
import type { Tracing } from '../telemetry/tracing.ts'
import type { CallTool } from './call-tool.ts'
import { codeOf } from './protocol-errors.ts'
import type { ReadResource } from './resources/read-resource.ts'
import type { Session } from './session.ts'

/** What a method's spans say of it (OpenTelemetry's semantic conventions for MCP). */
const OPERATIONS = {
  'tools/call': { [ATTRIBUTES.operationName]: 'execute_tool' },
  // A URI holds a record's id, and is on no span: the tool that reads it says what was read.
  'resources/read': {},
} as const

/** Makes a span of every call of a tool. */
export function traceToolCalls(callTool: CallTool, tracing: Tracing): CallTool {
  return function traceToolCall(session, name, argumentsFromCaller) {
    return traceMessage('tools/call', session, tracing, (own) =>
      callTool(own, name, argumentsFromCaller),
    )
  }
}

/** Makes a span of every reading of a resource. */
export function traceResourceReads(readResource: ReadResource, tracing: Tracing): ReadResource {
  return function traceResourceRead(session, uri) {
    return traceMessage('resources/read', session, tracing, (own) => readResource(own, uri))
  }
}

/** The span hangs below what the message's `_meta.traceparent` names, or else below its HTTP request. */
async function traceMessage<Result>(
  method: keyof typeof OPERATIONS,
  session: Session,
  tracing: Tracing,
  answer: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { trail, traceparent, requestTraceparent } = session
  const isOwnTrace = traceIdOf(traceparent) === traceIdOf(requestTraceparent)
  const span = tracing.begin({
    name: method,
    kind: 'server',
    parent: traceparent,
    link: isOwnTrace ? null : requestTraceparent,
  })
  const end = (code: number | null) => {
    const { tool, isToolError } = trail
    span.end({
      name: tool === null ? method : `${method} ${tool}`,
      attributes: {
        [ATTRIBUTES.mcpMethod]: method,
        ...OPERATIONS[method],
        ...(tool !== null && { [ATTRIBUTES.toolName]: tool }),
        ...(code !== null && { [ATTRIBUTES.rpcStatusCode]: String(code) }),
      },
      errorType: code !== null ? String(code) : isToolError ? 'tool_error' : null,
    })
  }
  trail.traceId = traceIdOf(span.traceparent)
  try {
    const result = await answer({ ...session, traceparent: span.traceparent })
    end(null)
    return result
  } catch (error) {
    end(codeOf(error))
    throw error
  }
}
