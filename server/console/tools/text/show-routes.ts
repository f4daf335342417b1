import type { AuditFact } from '../../../audit/event.ts'
import type { Tool } from '../../../mcp/tool.ts'
import type { Template } from '../../../pages/compile-templates.ts'
import type { ToolText, ToolTextVersion } from '../../../store/tool-texts.ts'
import { toTextPublished, toTextReverted } from '../../../texts/text-facts.ts'
import type { Answer } from '../../answer.ts'
import { forApprovers, type ConsoleRoute } from '../../route.ts'
import type { ConsoleServices } from '../../services.ts'
import { notHere } from '../../texts.ts'
import type { OrganizationVisit } from '../../visit.ts'
import { TOOL_PATHS, toToolPath } from '../addresses.ts'
import { findTool, NO_TOOL } from '../find-tool.ts'
import { readTextState, textOf, type TextState } from './text-state.ts'
import { toChangeView } from './text-view.ts'

/** A text that models could be shown in place of the one that they are shown now. */
type Candidate = {
  readonly text: ToolText
  /** Says which it is, in the form of the page that asks. */
  readonly which: string
}

/** One way to change what models are shown. */
type Way = {
  readonly path: 'publish' | 'restore' | 'generated'
  readonly heading: string
  /** Finds the text that would be shown; `null` where there is none. */
  readonly find: (tool: Tool, state: TextState, which: string | null) => Candidate | null
  /** Shows it; `null` where it is another one by now. */
  readonly show: (
    visit: OrganizationVisit,
    tool: Tool,
    which: string,
  ) => Promise<ToolTextVersion | null>
  readonly toFact: (version: ToolTextVersion) => AuditFact
}

/** Shows models another text: each way asks first, and says what changes word by word. */
export function showRoutes(
  { connector, store, announce }: Pick<ConsoleServices, 'announce' | 'connector' | 'store'>,
  template: Template,
): readonly ConsoleRoute[] {
  const { toolTexts } = store
  const whose = ({ organization, member: author }: OrganizationVisit, { name: tool }: Tool) => ({
    ...{ organizationId: organization.id, tool, author },
  })
  const ways: readonly Way[] = [
    {
      path: 'publish',
      heading: 'Publish this text?',
      find: (_tool, { draft }) =>
        draft === null ? null : { text: draft, which: String(draft.changedAt) },
      show: (visit, tool, which) =>
        toolTexts.publish({ ...whose(visit, tool), changedAt: toNumber(which) }),
      toFact: toTextPublished,
    },
    {
      path: 'restore',
      heading: 'Show this version again?',
      find: (tool, { history }, which) => {
        const version = history.find((each) => String(each.version) === which)
        return version === undefined
          ? null
          : { text: textOf(version) ?? tool, which: String(version.version) }
      },
      show: (visit, tool, which) =>
        toolTexts.revert({ ...whose(visit, tool), version: toNumber(which) }),
      toFact: toTextReverted,
    },
    {
      path: 'generated',
      heading: 'Go back to the generated text?',
      find: (_tool, { version, generated }) =>
        version === null ? null : { text: generated, which: '' },
      show: (visit, tool) => toolTexts.showGenerated(whose(visit, tool)),
      toFact: toTextReverted,
    },
  ]

  async function ask(visit: OrganizationVisit, way: Way): Promise<Answer> {
    const tool = findTool(connector, visit)
    if (tool === null) return NO_TOOL
    const state = await readTextState(store, visit.organization.id, tool)
    const candidate = way.find(tool, state, visit.query.get('version'))
    if (candidate === null) return toNoText(tool)
    const action = toToolPath(way.path, tool.name)
    const view = toChangeView(tool, { from: state.shown, to: candidate.text, action })
    const context = { ...view, which: candidate.which }
    return { kind: 'page', template, heading: way.heading, context }
  }

  async function show(visit: OrganizationVisit, way: Way): Promise<Answer> {
    const tool = findTool(connector, visit)
    if (tool === null) return NO_TOOL
    const version = await way.show(visit, tool, visit.form.get('which') ?? '')
    const to = toToolPath('text', tool.name)
    if (version === null) return { kind: 'go', to, notice: NOTHING_CHANGED }
    visit.record(way.toFact(version))
    await announce()
    return { kind: 'go', to, notice: SHOWN }
  }

  return ways.flatMap((way) => [
    forApprovers('GET', TOOL_PATHS[way.path], 'tools', (visit) => ask(visit, way)),
    forApprovers('POST', TOOL_PATHS[way.path], 'tools', (visit) => show(visit, way)),
  ])
}

const SHOWN =
  'Models are shown this text from now on. A client that keeps its list of tools sees it when it asks for the list again.'
const NOTHING_CHANGED =
  'Nothing was changed: somebody else was quicker, or models are shown this text already. Look at it once more.'

/** What no form of ours says is no draft's and no version's. */
function toNumber(which: string): number {
  return /^\d{1,15}$/.test(which) ? Number(which) : -1
}

function toNoText({ name }: Tool): Answer {
  const action = { href: toToolPath('text', name), label: 'The tool’s text' }
  return { kind: 'problem', status: 404, text: notHere('text'), action }
}
