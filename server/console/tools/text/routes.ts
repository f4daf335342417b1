import type { Tool } from '../../../mcp/tool.ts'
import type { Template } from '../../../pages/compile-templates.ts'
import { toDisplayText } from '../../../pages/display-text.ts'
import type { ToolText } from '../../../store/tool-texts.ts'
import { parseToolText } from '../../../texts/parse-tool-text.ts'
import type { Answer } from '../../answer.ts'
import { forApprovers, type ConsoleRoute } from '../../route.ts'
import type { ConsoleServices } from '../../services.ts'
import type { OrganizationVisit } from '../../visit.ts'
import { TOOL_PATHS, toToolPath } from '../addresses.ts'
import { findTool, NO_TOOL } from '../find-tool.ts'
import { toPreviewView } from './preview-view.ts'
import { showRoutes } from './show-routes.ts'
import { readTextState } from './text-state.ts'
import { toTextView } from './text-view.ts'

/** The templates of the pages about a tool's text. */
export type TextTemplates = (name: 'text' | 'preview' | 'change') => Template

/** An organization's own text of a tool: written, looked at, and shown to models. */
export function textRoutes(
  services: Pick<ConsoleServices, 'announce' | 'config' | 'connector' | 'store'>,
  template: TextTemplates,
): readonly ConsoleRoute[] {
  const { connector, config, store } = services

  async function show(
    tool: Tool,
    { organization }: OrganizationVisit,
    typed: ToolText | null,
    problem: string | null,
  ): Promise<Answer> {
    const state = await readTextState(store, organization.id, tool)
    const text = typed ?? state.draft ?? state.shown
    return {
      kind: 'page',
      template: template('text'),
      heading: toDisplayText(tool.title),
      status: problem === null ? 200 : 422,
      problem,
      context: {
        ...toTextView(tool, state, text),
        preview: await toPreviewView(tool, text, config.toolNames),
        warnings: [],
      },
    }
  }

  return [
    forApprovers('GET', TOOL_PATHS.text, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      return tool === null ? NO_TOOL : show(tool, visit, null, null)
    }),

    forApprovers('POST', TOOL_PATHS.text, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      if (tool === null) return NO_TOOL
      const { organization, member: author, form } = visit
      const { text, problems } = parseToolText(toGiven(form))
      if (text === null) {
        return show(tool, visit, toGiven(form), problems.map(({ what }) => what).join(' '))
      }
      await store.toolTexts.saveDraft({
        ...{ organizationId: organization.id, tool: tool.name },
        ...{ text, author },
      })
      if (form.get('then') === 'publish') {
        return { kind: 'go', to: toToolPath('publish', tool.name), notice: null }
      }
      const notice = 'The draft was saved. No model is shown it yet.'
      return { kind: 'go', to: toToolPath('text', tool.name), notice }
    }),

    forApprovers('POST', TOOL_PATHS.preview, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      if (tool === null) return NO_TOOL
      const given = toGiven(visit.form)
      const { text, problems } = parseToolText(given)
      const problem = problems.map(({ what }) => what).join(' ')
      if (visit.ctx.get('hx-request') !== 'true') {
        return show(tool, visit, given, text === null ? problem : null)
      }
      const preview = await toPreviewView(tool, text ?? given, config.toolNames)
      const warnings = text === null ? [problem] : []
      return { kind: 'part', template: template('preview'), context: { preview, warnings } }
    }),

    forApprovers('POST', TOOL_PATHS.discard, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      if (tool === null) return NO_TOOL
      await store.toolTexts.discardDraft(visit.organization.id, tool.name)
      const notice = 'The draft was thrown away. What models are shown has not changed.'
      return { kind: 'go', to: toToolPath('text', tool.name), notice }
    }),

    ...showRoutes(services, template('change')),
  ]
}

function toGiven(form: URLSearchParams) {
  return {
    description: form.get('description') ?? '',
    instructions: form.get('instructions') ?? '',
  }
}
