import { ProtocolError } from '@modelcontextprotocol/server'
import type { Identity } from '../../access/identity.ts'
import { isRecord, shorten } from '../../json.ts'
import { scopeOf } from '../../scopes.ts'
import type { Catalogue } from '../catalogue.ts'
import { INVALID_PARAMS } from '../protocol-errors.ts'
import type { RpcFeature } from '../rpc-feature.ts'
import type { Session } from '../session.ts'
import type { Connector, Tool } from '../tool.ts'
import { findCompletions } from './find-completions.ts'
import type { PromptBook } from './prompt-book.ts'
import { refusePrompt } from './prompts-feature.ts'

/** Makes `completion/complete`, of prompts and of resource templates. Nothing is asked of the upstream. */
export function completionFeature(options: {
  readonly connector: Pick<Connector, 'tools'>
  readonly catalogue: Pick<Catalogue, 'findReader'>
  readonly prompts: PromptBook
}): RpcFeature {
  const { connector, catalogue, prompts } = options

  function valuesOfPrompt(name: string, argument: string, session: Session) {
    const prompt = prompts.find(name, session.identity)
    if (prompt === null) return refusePrompt(session, name)
    const found = prompt.arguments.find((each) => each.name === argument)
    if (found === undefined) throw unknownArgument(argument)
    return found.values ?? []
  }

  function valuesOfTemplate(uri: string, argument: string, identity: Identity) {
    const tool = connector.tools.find((each) => each.uri === uri)
    if (tool === undefined || !canRead(tool, catalogue, identity)) {
      const shown = JSON.stringify(shorten(uri, 64))
      throw new ProtocolError(INVALID_PARAMS, `Unknown resource template: ${shown}`)
    }
    if (!uri.includes(`{${argument}}`)) throw unknownArgument(argument)
    return listValues(tool, argument)
  }

  return {
    capabilities: { completions: {} },
    cacheHints: {},
    register(server, { session, guard }) {
      server.setRequestHandler('completion/complete', ({ params: { ref, argument } }) =>
        guard(() => {
          const values =
            ref.type === 'ref/prompt'
              ? valuesOfPrompt(ref.name, argument.name, session)
              : valuesOfTemplate(ref.uri, argument.name, session.identity)
          return { completion: findCompletions(values, argument.value) }
        }),
      )
    },
  }
}

function canRead(
  { name }: Tool,
  catalogue: Pick<Catalogue, 'findReader'>,
  { organization, scopes }: Identity,
): boolean {
  const isThere = catalogue.findReader(name, organization.id) !== null
  return isThere && (scopes?.includes(scopeOf(name)) ?? true)
}

/** The texts that an argument's schema lists. */
function listValues({ inputSchema }: Tool, argument: string): readonly string[] {
  const { properties } = inputSchema
  const schema = isRecord(properties) ? properties[argument] : null
  const values: unknown = isRecord(schema) ? schema['enum'] : null
  return Array.isArray(values) ? values.filter((value) => typeof value === 'string') : []
}

function unknownArgument(name: string): ProtocolError {
  return new ProtocolError(INVALID_PARAMS, `Unknown argument: ${JSON.stringify(shorten(name, 64))}`)
}
