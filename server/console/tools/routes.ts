import { compileTemplates } from '../../pages/compile-templates.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { toModelText } from '../../texts/model-text.ts'
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
import { textRoutes } from './text/routes.ts'
import { readTextState } from './text/text-state.ts'
import { describeOrigin, toLines } from './text/text-view.ts'
import { tryRoutes } from './try/routes.ts'

const FIELDS = ['select', 'choices', 'input', 'lines', 'json'].map((kind) => `field-${kind}`)

/** What AI clients of an organization can read with. */
export function toolsRoutes(
  services: Pick<
    ConsoleServices,
    | 'announce'
    | 'callTool'
    | 'config'
    | 'connector'
    | 'docs'
    | 'sessionCredentials'
    | 'store'
    | 'switchboard'
  >,
): readonly ConsoleRoute[] {
  const { connector, docs, store } = services
  const folder = new URL('./', import.meta.url)
  const template = compileTemplates({
    partials: [...FRAME_PARTIALS, { folder, names: ['tabs'] }],
    folder,
    names: ['tools', 'tool', 'switch-off'],
  })
  const textFolder = new URL('./text/', import.meta.url)
  const textTemplate = compileTemplates({
    partials: [
      ...FRAME_PARTIALS,
      { folder, names: ['tabs'] },
      { folder: textFolder, names: ['preview'] },
    ],
    folder: textFolder,
    names: ['text', 'preview', 'change'],
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
      const [switchedOff, shown, drafts] = await Promise.all([
        store.switches.list(),
        store.toolTexts.listShown(organization.id),
        store.toolTexts.listDrafts(organization.id),
      ])
      const reasonOf = toSwitches(switchedOff, organization.id)
      return {
        kind: 'page',
        template: template('tools'),
        heading: 'Tools',
        context: { list: toListView(connector, { reasonOf, shown, drafts }) },
      }
    }),

    forApprovers('GET', TOOL_PATHS.tool, 'tools', async (visit) => {
      const tool = findTool(connector, visit)
      if (tool === null) return NO_TOOL
      const { organization } = visit
      const text = await readTextState(store, organization.id, tool)
      const reasonOf = toSwitches(await store.switches.list(), organization.id)
      return {
        kind: 'page',
        template: template('tool'),
        heading: toDisplayText(tool.title),
        context: {
          tabs: toTabs(tool.name, 'tool'),
          organization: toDisplayText(organization.name),
          switch: toSwitchView(tool.name, reasonOf(tool.name)),
          text: toLines(toModelText(text.shown)),
          origin: describeOrigin(text.version),
          view: toToolView(findDocs(docs, tool)),
        },
      }
    }),

    ...toolSwitchRoutes(services, template('switch-off')),
    ...textRoutes(services, textTemplate),
    ...tryRoutes(services, tryTemplate('try')),
  ]
}
