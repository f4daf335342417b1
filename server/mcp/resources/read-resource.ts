import { ResourceNotFoundError, type ReadResourceResult } from '@modelcontextprotocol/server'
import { ArgumentRefused } from '../../upstream/failure.ts'
import { scopeOf } from '../../scopes.ts'
import { checkAllowed, type ReadTool } from '../call-tool.ts'
import type { Catalogue } from '../catalogue.ts'
import type { Session } from '../session.ts'
import { toContents } from './contents.ts'
import { prepareFromTexts } from './read-arguments.ts'

/** Answers one `resources/read`. */
export type ReadResource = (session: Session, uri: string) => Promise<ReadResourceResult>

/**
 * Makes the one way from a URI to what it names: the way of the tool that reads the same record,
 * with its limits, its record and its failures.
 *
 * A URI whose arguments the tool would refuse names nothing that could exist: it is told as any
 * other unknown one, and not with the tool's reasons, which nobody asked for.
 *
 * @throws {ResourceNotFoundError} -32602 for what no URI of the connector is, and for what reads with
 *   a tool that is switched off; nothing was asked of the upstream then
 * @throws {UpstreamFailure} when the upstream does not give what was asked for
 */
export function createReadResource(options: {
  /** The connector's name. */
  readonly connector: string
  readonly catalogue: Pick<Catalogue, 'findResource' | 'linkedFor'>
  readonly read: ReadTool
  /** Of what a text shows. */
  readonly maxChars: number
}): ReadResource {
  const { connector, catalogue, read, maxChars } = options

  return async function readResource(session, uri) {
    const { trail, identity } = session
    const found = catalogue.findResource(uri, identity.organization.id)
    if (found === null) return refuse(session, uri)
    const { tool } = found.entry
    trail.tool = tool.name
    checkAllowed(session, tool.name, [scopeOf(tool.name)])
    const prepared = prepareFromTexts(tool, found.texts)
    if (!prepared.ok) return refuse(session, uri)
    try {
      const answer = await read(session, tool, prepared)
      const entry = catalogue.linkedFor(found.entry, identity)
      const call = { connector, entry, args: prepared.args, maxChars }
      return { contents: [toContents(uri, answer, call)] }
    } catch (error) {
      if (error instanceof ArgumentRefused) return refuse(session, uri)
      throw error
    }
  }
}

function refuse({ trail }: Session, uri: string): never {
  trail.reason = 'unknown_resource'
  throw new ResourceNotFoundError(uri)
}
