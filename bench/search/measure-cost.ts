import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import type { Connector } from '../../server/mcp/tool.ts'
import { createToolRouter } from '../../server/mcp/own-tools/tool-router.ts'
import { startGenerated, type GeneratedConnector } from '../../test/support/generated-connector.ts'
import { startRawUpstream } from '../../test/support/raw-upstream.ts'
import { rpc } from '../../test/support/rpc.ts'
import { median, quantile } from '../load/statistics.ts'

/** What a search costs. */
export type SearchCost = {
  /** The first one makes the index. */
  readonly firstMs: number
  readonly medianMs: number
  readonly worstMs: number
  /** Of the index, once it is made. */
  readonly megabytes: number
}

const ALL = { limit: 10, isShown: () => true }
const ROUNDS = 20
const MEGABYTE = 1024 ** 2

/**
 * Searches a connector's tools, over and over.
 *
 * @param collect gives back what nobody holds any more (`--expose-gc`)
 */
export function measureSearch(
  connector: Connector,
  utterances: readonly string[],
  collect: () => void,
): SearchCost {
  const router = createToolRouter(connector, [])
  collect()
  const before = process.memoryUsage().heapUsed
  const firstMs = timeOf(() => router.rank(utterances[0] ?? '', ALL))
  collect()
  const megabytes = (process.memoryUsage().heapUsed - before) / MEGABYTE
  const times = Array.from({ length: ROUNDS }, () =>
    utterances.map((utterance) => timeOf(() => router.rank(utterance, ALL))),
  ).flat()
  return { firstMs, medianMs: median(times), worstMs: quantile(times, 0.99), megabytes }
}

/** Counts the tokens of `tools/list` as a client gets it, in full and searched. */
export async function measureList(
  generated: GeneratedConnector,
  connector: Connector,
): Promise<{ readonly full: number; readonly searched: number }> {
  await using upstream = await startRawUpstream()
  const count = async (mode: 'full' | 'search') => {
    const asked = { ...connector, catalogue: { ...connector.catalogue, mode } }
    await using running = await startGenerated(generated, asked, upstream.url)
    const { result } = await rpc(running.url, 'tools/list')
    return countTokens(JSON.stringify(result?.['tools']), { disallowedSpecial: new Set() })
  }
  return { full: await count('full'), searched: await count('search') }
}

function timeOf(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
