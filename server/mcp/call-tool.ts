import { ProtocolError } from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
import { shorten } from '../json.ts'
import { scopeOf } from '../scopes.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { ArgumentRefused, UpstreamFailure } from '../upstream/failure.ts'
import { describeIssues } from './argument-report.ts'
import { buildResult } from './build-result.ts'
import type { Catalogue } from './catalogue.ts'
import { INVALID_PARAMS } from './protocol-errors.ts'
import { readAsMember } from './read-as-member.ts'
import type { Session } from './session.ts'
import type { Tool } from './tool.ts'
import type { ToolAnswer } from './tool-answer.ts'

/** Answers one `tools/call`. */
export type CallTool = (
  session: Session,
  name: string,
  argumentsFromCaller: unknown,
) => Promise<ToolAnswer>

/**
 * Makes the one way from a tool's name and arguments to its result.
 *
 * @throws {ProtocolError} -32602 for an unknown tool, and for one that is switched off
 * @throws {UpstreamFailure} when the upstream does not give what was asked for
 */
export function createCallTool(options: {
  /** The connector's name. */
  readonly connector: string
  readonly catalogue: Catalogue
  readonly upstream: UpstreamClient
  /** Of what a result shows as text. */
  readonly maxChars: number
  readonly log: Logger
}): CallTool {
  const { connector, catalogue, upstream, maxChars, log } = options

  return async function callTool(session, name, argumentsFromCaller) {
    const { trail } = session
    const entry = catalogue.find(name, session.identity.organization.id)
    if (entry === null) {
      trail.reason = 'unknown_tool'
      throw new ProtocolError(INVALID_PARAMS, `Unknown tool: ${JSON.stringify(shorten(name, 64))}`)
    }
    const { tool } = entry
    trail.tool = tool.name
    checkAllowed(session, tool)
    const prepared = tool.prepare(argumentsFromCaller)
    if (!prepared.ok) return refuse(session, describeIssues(tool, prepared.issues))

    const startedAt = performance.now()
    const report = (status: number) => {
      trail.route = `${tool.operation.method} ${tool.operation.path}`
      trail.upstreamStatus = status
      trail.upstreamMs = performance.now() - startedAt
      log.info({
        event: 'upstream_call',
        requestId: session.requestId,
        traceId: trail.traceId,
        organization: session.identity.organization.id,
        tool: tool.name,
        route: trail.route,
        status,
        durationMs: Math.round(trail.upstreamMs),
      })
    }
    try {
      const answer = await readAsMember(upstream, session, tool.operation, prepared.send)
      const result = buildResult(answer, { connector, entry, args: prepared.args, maxChars })
      report(answer.status)
      return result
    } catch (error) {
      if (error instanceof ArgumentRefused) return refuse(session, describeRefused(tool, error))
      if (error instanceof UpstreamFailure) report(error.status)
      throw error
    }
  }
}

/** The request was refused before it came here; this is the second look. */
function checkAllowed({ identity: { scopes } }: Session, { name }: Tool): void {
  if (scopes !== null && !scopes.includes(scopeOf(name))) {
    throw new Error(`"${name}" is called without its scope`)
  }
}

function refuse({ trail }: Session, text: string): ToolAnswer {
  trail.isToolError = true
  trail.reason = 'invalid_arguments'
  return { kind: 'result', result: { content: [{ type: 'text', text }], isError: true } }
}

function describeRefused(tool: Tool, { parameter, message }: ArgumentRefused): string {
  const what = parameter === null ? 'arguments' : JSON.stringify(parameter)
  return `Invalid arguments for ${tool.name}:\n- ${what}: ${message}`
}
