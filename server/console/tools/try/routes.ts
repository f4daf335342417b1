import type { Tool } from '../../../mcp/tool.ts'
import type { Template } from '../../../pages/compile-templates.ts'
import { toDisplayText } from '../../../pages/display-text.ts'
import type { Answer } from '../../answer.ts'
import { forApprovers, type ConsoleRoute } from '../../route.ts'
import type { ConsoleServices } from '../../services.ts'
import type { OrganizationVisit } from '../../visit.ts'
import { TOOL_PATHS, toToolPath } from '../addresses.ts'
import { listArguments } from '../argument-schema.ts'
import { findDocs, findTool, NO_TOOL } from '../find-tool.ts'
import { toTabs } from '../tabs.ts'
import { toAnswerView, toNotSent, type AnswerView } from './answer-view.ts'
import { toField } from './argument-field.ts'
import { toConsoleIdentity } from './identity.ts'
import { readArguments } from './read-arguments.ts'

/** Calls a tool as the member who is signed in, just as a client of theirs would. */
export function tryRoutes(
  services: Pick<
    ConsoleServices,
    'callTool' | 'connector' | 'docs' | 'store' | 'sessionCredentials' | 'switchboard'
  >,
  template: Template,
): readonly ConsoleRoute[] {
  const { connector, docs, callTool, switchboard } = services

  function toFields(tool: Tool, form: URLSearchParams) {
    const documented = new Map(findDocs(docs, tool).arguments.map((each) => [each.name, each]))
    return listArguments(tool).map((argument, index) => {
      const limits = documented.get(argument.key)?.limits ?? null
      return toField(argument, { index, limits, form })
    })
  }

  function show(
    tool: Tool,
    { form, organization }: OrganizationVisit,
    outcome: { readonly answers: readonly AnswerView[]; readonly problem: string | null },
  ): Answer {
    const { answers, problem } = outcome
    const isOff = switchboard.isOff(organization.id, tool.name)
    return {
      kind: 'page',
      template,
      heading: toDisplayText(tool.title),
      status: problem === null ? 200 : 422,
      problem,
      context: {
        tabs: toTabs(tool.name, 'try'),
        action: toToolPath('try', tool.name),
        fields: toFields(tool, form),
        off: isOff ? ['This tool is off: a call is answered as if it did not exist.'] : [],
        answers,
      },
    }
  }

  return [
    forApprovers('GET', TOOL_PATHS.try, 'tools', (visit) => {
      const tool = findTool(connector, visit)
      const nothing = { answers: [], problem: null }
      return Promise.resolve(tool === null ? NO_TOOL : show(tool, visit, nothing))
    }),

    forApprovers('POST', TOOL_PATHS.try, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      if (tool === null) return NO_TOOL
      const read = readArguments(tool, visit.form)
      if (!read.ok) {
        return show(tool, visit, { answers: [toNotSent(read.problem)], problem: read.problem })
      }
      const identity = toConsoleIdentity(services, visit)
      const call = { tool: tool.name, args: read.args }
      const answer = await callTool(visit.ctx, identity, call)
      return show(tool, visit, { answers: [toAnswerView(answer)], problem: null })
    }),
  ]
}
