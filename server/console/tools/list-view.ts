import { isSearched } from '../../mcp/own-tools/is-searched.ts'
import type { Connector, Tool } from '../../mcp/tool.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import { namespaceOf } from '../../switches/live-switchboard.ts'
import { toToolPath } from './addresses.ts'
import { isOffered } from './find-tool.ts'
import type { ReadSwitches } from './switch/switch-state.ts'
import { toSwitchView } from './switch/switch-view.ts'

const MAX_DESCRIPTION_CHARS = 200

type OfTool = { readonly tool: string }

/** Every tool by namespace, as the room's first page shows it. */
export function toListView(
  { tools: all, namespaces, catalogue }: Connector,
  own: {
    readonly reasonOf: ReadSwitches
    /** Tools that have a text of the organization's own. */
    readonly shown: readonly OfTool[]
    readonly drafts: readonly OfTool[]
  },
) {
  const { reasonOf, shown, drafts } = own
  const tools = all.filter(isOffered)
  const byNamespace = Map.groupBy(tools, ({ name }) => namespaceOf(name))
  const toRow = ({ name, title, description }: Tool) => ({
    name,
    title: toDisplayText(title),
    about: toDisplayText(description, { maxChars: MAX_DESCRIPTION_CHARS }),
    href: toToolPath('tool', name),
    notes: [
      ...(shown.some(({ tool }) => tool === name) ? ['own text'] : []),
      ...(drafts.some(({ tool }) => tool === name) ? ['draft'] : []),
    ],
    ...toSwitchView(name, reasonOf(name)),
  })
  const countOn = (some: readonly Tool[]) =>
    some.filter(({ name }) => reasonOf(name) === null).length
  return {
    count: `${countOn(tools)} of ${tools.length} tools are on.`,
    searches: isSearched(catalogue) ? [{}] : [],
    groups: namespaces.flatMap(({ name, title, description }) => {
      const own = byNamespace.get(name)
      if (own === undefined) return []
      return {
        name,
        title: toDisplayText(title),
        about: toDisplayText(description, { maxChars: MAX_DESCRIPTION_CHARS }),
        count: `${countOn(own)} of ${own.length} on`,
        ...toSwitchView(name, reasonOf(name)),
        tools: own.map(toRow),
      }
    }),
  }
}
