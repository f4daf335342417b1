import { ProtocolError } from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
import { shorten } from '../json.ts'
import { scopeOf } from '../scopes.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { ArgumentRefused, UpstreamFailure } from '../upstream/failure.ts'
import type { UpstreamAnswer } from '../upstream/judge-answer.ts'
import { describeIssues } from './argument-report.ts'
import { buildResult } from './build-result.ts'
import type { Catalogue } from './catalogue.ts'
import { INVALID_PARAMS } from './protocol-errors.ts'
import { readAsMember } from './read-as-member.ts'
import type { Session } from './session.ts'
import type { Prepared, Tool } from './tool.ts'
import type { ToolAnswer } from './tool-answer.ts'

/** Answers one `tools/call`. */
export type CallTool = (
  session: Session,
  name: string,
  argumentsFromCaller: unknown,
) => Promise<ToolAnswer>

/**
 * Sends what a tool has prepared, as the member who asks, and notes it in the message's trail.
 *
 * @throws {UpstreamFailure} when the upstream does not give what was asked for
 * @throws {ArgumentRefused} for an argument that would change what the request is
 */
export type ReadTool = (
  session: Session,
  tool: Pick<Tool, 'name' | 'operation'>,
  prepared: Pick<Extract<Prepared, { readonly ok: true }>, 'send'>,
) => Promise<UpstreamAnswer>

/** Makes the one way from a tool to the upstream. */
export function createReadTool(upstream: UpstreamClient, log: Logger): ReadTool {
  return async function readTool(session, tool, { send }) {
    const { trail } = session
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
      const answer = await readAsMember(upstream, session, tool.operation, send)
      report(answer.status)
      return answer
    } catch (error) {
      if (error instanceof UpstreamFailure) report(error.status)
      throw error
    }
  }
}

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
  readonly read: ReadTool
  /** Of what a result shows as text. */
  readonly maxChars: number
}): CallTool {
  const { connector, catalogue, read, maxChars } = options

  return async function callTool(session, name, argumentsFromCaller) {
    const { trail } = session
    const organizationId = session.identity.organization.id
    const own = catalogue.findOwn(name, organizationId)
    if (own !== null) {
      const { tool, scopes } = own.describeCall(argumentsFromCaller, organizationId)
      trail.tool = tool
      checkAllowed(session, tool, scopes)
      return own.answer({ session, args: argumentsFromCaller, tools: { call: callTool, read } })
    }
    const entry = catalogue.find(name, organizationId)
    if (entry === null) {
      trail.reason = 'unknown_tool'
      throw new ProtocolError(INVALID_PARAMS, `Unknown tool: ${JSON.stringify(shorten(name, 64))}`)
    }
    const { tool } = entry
    trail.tool = tool.name
    checkAllowed(session, tool.name, [scopeOf(tool.name)])
    const prepared = tool.prepare(argumentsFromCaller)
    if (!prepared.ok) return refuse(session, describeIssues(tool, prepared.issues))
    try {
      const answer = await read(session, tool, prepared)
      const linked = catalogue.linkedFor(entry, session.identity)
      return buildResult(answer, { connector, entry: linked, args: prepared.args, maxChars })
    } catch (error) {
      if (error instanceof ArgumentRefused) return refuse(session, describeRefused(tool, error))
      throw error
    }
  }
}

/** The request was refused before it came here; this is the second look. */
export function checkAllowed(
  { identity: { scopes } }: Session,
  name: string,
  needed: readonly string[],
): void {
  if (scopes !== null && !needed.every((scope) => scopes.includes(scope))) {
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
