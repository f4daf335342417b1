import type { Tool } from '../../mcp/tool.ts'
import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { FRAME_PARTIALS } from '../frame.ts'
import { forApprovers, type ConsoleRoute } from '../route.ts'
import type { ConsoleServices } from '../services.ts'
import { TOOL_PATHS } from './addresses.ts'
import { findDocs, findTool, NO_TOOL } from './find-tool.ts'
import { toListView } from './list-view.ts'
import { toolSwitchRoutes } from './switch/routes.ts'
import { toSwitches } from './switch/switch-state.ts'
import { toSwitchView } from './switch/switch-view.ts'
import { toTabs } from './tabs.ts'
import { toToolView } from './tool-view.ts'
import { tryRoutes } from './try/routes.ts'

const FIELDS = ['select', 'choices', 'input', 'lines', 'json'].map((kind) => `field-${kind}`)

/** What AI clients of an organization can read with. */
export function toolsRoutes(
  services: Pick<
    ConsoleServices,
    'announce' | 'callTool' | 'connector' | 'docs' | 'sessionCredentials' | 'store' | 'switchboard'
  >,
): readonly ConsoleRoute[] {
  const { connector, docs, store } = services
  const folder = new URL('./', import.meta.url)
  const template = compileTemplates({
    partials: [...FRAME_PARTIALS, { folder, names: ['tabs'] }],
    folder,
    names: ['tools', 'tool', 'switch-off'],
  })
  const tryFolder = new URL('./try/', import.meta.url)
  const tryTemplate = compileTemplates({
    partials: [
      ...FRAME_PARTIALS,
      { folder, names: ['tabs'] },
      { folder: tryFolder, names: FIELDS },
    ],
    folder: tryFolder,
    names: ['try'],
  })

  return [
    forApprovers('GET', TOOL_PATHS.list, 'tools', async ({ organization }) => {
      const reasonOf = toSwitches(await store.switches.list(), organization.id)
      return {
        kind: 'page',
        template: template('tools'),
        heading: 'Tools',
        context: { list: toListView(connector, reasonOf) },
      }
    }),

    forApprovers('GET', TOOL_PATHS.tool, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      if (tool === null) return NO_TOOL
      const { organization } = visit
      const reasonOf = toSwitches(await store.switches.list(), organization.id)
      return {
        kind: 'page',
        template: template('tool'),
        heading: toDisplayText(tool.title),
        context: {
          tabs: toTabs(tool.name, 'tool'),
          organization: toDisplayText(organization.name),
          switch: toSwitchView(tool.name, reasonOf(tool.name)),
          text: toParagraphs(tool),
          view: toToolView(findDocs(docs, tool)),
        },
      }
    }),

    ...toolSwitchRoutes(services, template('switch-off')),
    ...tryRoutes(services, tryTemplate('try')),
  ]
}

/** A text of the document, whole. */
const WHOLE = { maxChars: 4_000 }

function toParagraphs({ description, instructions }: Tool): readonly string[] {
  const texts = [description, instructions ?? ''].filter((text) => text !== '')
  return texts.map((text) => toDisplayText(text, WHOLE))
}
