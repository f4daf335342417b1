import { z } from 'zod'
import type { Router } from '../../intents/router.ts'
import { shorten } from '../../json.ts'
import { defineOwnTool, FOR_EVERYBODY, type OwnTool } from '../own-tool.ts'
import { textAnswer } from '../tool-answer.ts'
import { refuseToolCall } from './refuse-tool-call.ts'
import { SEARCH_TOOLS } from './search-names.ts'
import type { Searched } from './search-tools.ts'
import { rank } from './tools-search.ts'

const NAME = SEARCH_TOOLS.describe
const MAX_NEAR = 3

const input = z.strictObject({
  name: z.string().min(1).max(64).describe('The name of a tool, as tools.search gives it.'),
})

/** Makes the tool that shows another one in full: exactly as a list of all tools would. */
export function describeTool(options: {
  readonly openRouter: () => Promise<Router>
  readonly catalogue: () => Searched
}): OwnTool {
  const { openRouter, catalogue } = options
  return defineOwnTool({
    name: NAME,
    title: 'Describe a tool',
    description:
      'Shows one tool in full: what it does, when to use it, and the JSON Schema of its arguments. ' +
      'Takes a name that tools.search gave; tools.call calls the tool with arguments that fit.',
    ...{ pinned: true, input, ...FOR_EVERYBODY },
    describeCall: () => ({ tool: NAME, scopes: [] }),
    async answer({ session, args: { name } }) {
      const { identity } = session
      const { find, findOwn, showFor } = catalogue()
      const organizationId = identity.organization.id
      const shown = await showFor(identity)
      const known = findOwn(name, organizationId) ?? find(name, organizationId)?.tool
      const tool = known === undefined ? undefined : shown.get(known.name)
      if (tool !== undefined) return textAnswer(JSON.stringify(tool))
      const near = rank(await openRouter(), name, shown, MAX_NEAR).map((found) => found.tool.name)
      return refuseToolCall(session, describeUnknown(name, near), 'unknown_tool')
    },
  })
}

function describeUnknown(name: string, near: readonly string[]): string {
  const what = `Unknown tool: ${JSON.stringify(shorten(name, 64))}.`
  const meant = near.length === 0 ? '' : ` The nearest are ${near.join(', ')}.`
  return `${what}${meant} tools.search finds tools by what they answer.`
}
