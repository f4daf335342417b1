import type { DocsResources } from '../docs.ts'
import { ELLIPSIS, toCurl, toRpc, toRpcResult, TOKEN_HEADER } from '../example-requests.ts'
import type { SiteFacts } from '../facts.ts'
import { when } from '../wording.ts'
import { toToolPlace } from './tool-place.ts'
import { toVariants } from './variants.ts'

/** What has a URI, and how it is read by it. */
export function toResourcesView(facts: SiteFacts, resources: DocsResources): object {
  const { indexes, records } = resources
  const links = indexes.map(({ tool, uri }) => ({ uri, ...toToolPlace({ name: tool }) }))
  return {
    ...toVariants(facts),
    records: records.map(({ uri, title, scope, tool }) => ({
      ...{ uri, title, scope },
      tools: tool === null ? [] : [toToolPlace({ name: tool })],
    })),
    indexTables: when(links.length > 0, { rows: links }),
    prefixes: resources.allowPrefixes,
    examples: toExample(facts, resources),
  }
}

/** The reading of a record as JSON, which every page can print an answer of. */
function toExample({ deployment }: SiteFacts, { records }: DocsResources): readonly object[] {
  const record = records.find(({ tool }) => tool !== null)
  if (record === undefined) return []
  const { example: uri } = record
  const body = toRpc(1, 'resources/read', { uri })
  const contents = [{ uri, mimeType: 'application/json', text: ELLIPSIS }]
  return [
    {
      request: toCurl({ url: deployment.mcpUrl, headers: [TOKEN_HEADER], body }),
      answer: toRpcResult(1, { contents }),
    },
  ]
}
