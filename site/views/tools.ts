import { listTools } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { namespacePath } from '../paths.ts'
import { toCount } from '../wording.ts'
import { toResearch } from './connect.ts'
import { toVariants } from './variants.ts'
import { toToolPlace } from './tool-place.ts'

/** All tools by namespace, each with the way to its description. */
export function toToolsView(facts: SiteFacts): object {
  const { docs } = facts
  return {
    ...toVariants(facts),
    toolCount: toCount(listTools(docs).length, 'tool'),
    groupCount: toCount(docs.namespaces.length, 'group'),
    research: toResearch(facts),
    groups: docs.namespaces.map((namespace) => ({
      title: namespace.title,
      description: namespace.description,
      path: namespacePath(namespace),
      tools: namespace.tools.map((tool) => ({ ...toToolPlace(tool), title: tool.title })),
    })),
  }
}
