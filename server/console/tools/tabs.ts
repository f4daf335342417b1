import { TOOL_PATHS, toToolPath } from './addresses.ts'

const TABS = [
  ['tool', 'About'],
  ['text', 'Text'],
  ['try', 'Try it'],
] as const satisfies readonly (readonly [keyof typeof TOOL_PATHS, string])[]

/** The pages of one tool. */
export function toTabs(name: string, current: (typeof TABS)[number][0]) {
  return {
    name,
    list: TOOL_PATHS.list,
    pages: TABS.map(([tab, label]) => ({
      label,
      href: toToolPath(tab, name),
      current: tab === current ? 'page' : 'false',
    })),
  }
}
