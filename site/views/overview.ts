import { listTools } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { namespacePath } from '../paths.ts'
import { toDuration, toMoment } from '../wording.ts'
import { toVariants } from './variants.ts'

/** What the first page says: what the connector is, for whom, and how current it is. */
export function toOverviewView(facts: SiteFacts): object {
  const { docs, deployment } = facts
  const { connector, document, namespaces } = docs
  return {
    ...toVariants(facts),
    instructions: connector.instructions === null ? [] : [connector.instructions],
    groups: namespaces.map((namespace) => ({
      path: namespacePath(namespace),
      title: namespace.title,
      description: namespace.description,
      toolCount: namespace.tools.length,
    })),
    document: {
      title: document.title,
      version: document.version,
      sha256: document.sha256,
      syncedAt: document.syncedAt === null ? 'not yet' : toMoment(document.syncedAt),
    },
    toolCount: listTools(docs).length,
    listLifetime: toDuration(deployment.lifetimes.toolList),
  }
}
