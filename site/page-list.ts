import type { SiteFacts } from './facts.ts'
import { listGuides } from './guide-list.ts'
import { namespacePath } from './paths.ts'
import type { TemplateName } from './templates.ts'
import { toNamespaceView } from './views/namespace.ts'
import { toOverviewView } from './views/overview.ts'

/** The parts of the navigation, in order. */
export const GROUPS = ['Start', 'Connect', 'Use', 'Tools', 'About'] as const
/** One of them. */
export type Group = (typeof GROUPS)[number]

/** A page that can be written. */
export type PageDefinition = {
  /** `/`, or below `/docs/`; neither an extension nor a slash at its end. */
  readonly path: string
  readonly title: string
  /** One sentence: what a reader finds there. */
  readonly description: string
  readonly group: Group
  readonly template: TemplateName
  /** What the template places; made when the page is asked for. */
  readonly view: () => object
}

/** Lists the pages of a site, in the order in which they are to be read. */
export function listPages(facts: SiteFacts): readonly PageDefinition[] {
  const { docs } = facts
  const { title } = docs.connector
  const overview: PageDefinition = {
    path: '/',
    title: `${title} connector`,
    description: `What the ${title} connector is, for whom, and how current it is.`,
    group: 'Start',
    template: 'overview',
    view: () => toOverviewView(facts),
  }
  const namespaces = docs.namespaces.map((namespace): PageDefinition => ({
    path: namespacePath(namespace),
    title: namespace.title,
    description: `The tools of ${namespace.title}: arguments, an example and its answer.`,
    group: 'Tools',
    template: 'namespace',
    view: () => toNamespaceView(facts, namespace),
  }))
  const pages = [overview, ...listGuides(facts), ...namespaces]
  return GROUPS.flatMap((group) => pages.filter((page) => page.group === group))
}
