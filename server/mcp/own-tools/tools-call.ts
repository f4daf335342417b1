import { z } from 'zod'
import { isRecord } from '../../json.ts'
import { describeCall } from '../called-tool.ts'
import { defineOwnTool, FOR_EVERYBODY, type OwnTool } from '../own-tool.ts'
import { refuseToolCall } from './refuse-tool-call.ts'
import { SEARCH_TOOLS } from './search-names.ts'
import type { Searched } from './search-tools.ts'

const NAME = SEARCH_TOOLS.call
const SPELLINGS: ReadonlySet<unknown> = new Set([NAME, NAME.replace('.', '_')])
const ITSELF = `${NAME} cannot call itself: "name" says which other tool it calls`

const input = z.strictObject({
  name: z.string().describe('The name of a tool, as tools.search gives it.'),
  arguments: z
    .looseObject({})
    .default({})
    .describe('The arguments of that tool; tools.describe shows which it takes.'),
})

/**
 * Makes the tool that calls another one. Such a call is a direct call of the other tool in everything:
 * scopes, limits, arguments, errors, figures, and what is on record.
 */
export function callTool({ catalogue }: { readonly catalogue: () => Searched }): OwnTool {
  return defineOwnTool({
    name: NAME,
    title: 'Call a tool',
    description:
      'Calls a tool that tools.search found, with the arguments that tools.describe shows, and ' +
      'answers as that tool does. It only reads, as all tools here.',
    ...{ pinned: true, input, ...FOR_EVERYBODY },
    describeCall(args, organizationId) {
      const itself = { tool: NAME, scopes: [] }
      if (!isRecord(args) || typeof args['name'] !== 'string') return itself
      const { name, arguments: given = {} } = args
      if (SPELLINGS.has(name)) return itself
      return describeCall(catalogue(), args['name'], given, organizationId) ?? itself
    },
    answer({ session, args: { name, arguments: given }, tools }) {
      if (SPELLINGS.has(name)) return Promise.resolve(refuseToolCall(session, ITSELF))
      return tools.call(session, name, given)
    },
  })
}
