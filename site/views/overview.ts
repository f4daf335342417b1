import type { SiteFacts } from '../facts.ts'
import { namespacePath } from '../paths.ts'

/** What the first page says: what the connector is, where it is, and how current it is. */
export function toOverviewView({ docs, deployment }: SiteFacts): object {
  const { connector, document, namespaces } = docs
  const tools = namespaces.flatMap(({ tools: own }) => own)
  return {
    title: connector.title,
    mcpUrl: deployment.mcpUrl,
    toolCount: tools.length,
    namespaces: namespaces.map((namespace) => ({
      path: namespacePath(namespace),
      title: namespace.title,
      description: namespace.description,
      toolCount: namespace.tools.length,
    })),
    document: {
      title: document.title,
      version: document.version,
      sha256: document.sha256,
      syncedAt: toMoment(document.syncedAt),
    },
  }
}

/** `2026-11-26 at 09:30 UTC`. */
function toMoment(iso: string | null): string {
  if (iso === null) return 'not yet'
  const [day = '', time = ''] = new Date(iso).toISOString().split('T')
  return `${day} at ${time.slice(0, 5)} UTC`
}
