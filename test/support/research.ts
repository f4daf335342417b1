import { isRecord } from '../../server/json.ts'
import { resultOf, type RpcAnswer } from './rpc.ts'

/** A record as `search` names it. */
export type FoundRecord = { readonly id: string; readonly title: string; readonly url: string }

/** What `search` answered. */
export function foundOf(answer: RpcAnswer): readonly FoundRecord[] {
  const found = resultOf(answer)
  const results = isRecord(found) ? found['results'] : undefined
  if (!Array.isArray(results) || !results.every(isFound)) throw new Error('no results')
  return results
}

/** What it says of namespaces that were left out. */
export function incompleteOf(answer: RpcAnswer): unknown {
  const found = resultOf(answer)
  return isRecord(found) ? found['incomplete'] : undefined
}

/** The namespaces that records are of, each once. */
export function namespacesOf(records: readonly FoundRecord[]): readonly string[] {
  return [...new Set(records.map(({ id }) => id.split('/')[0] ?? ''))].sort()
}

function isFound(value: unknown): value is FoundRecord {
  return isRecord(value) && ['id', 'title', 'url'].every((key) => typeof value[key] === 'string')
}
