import type { JsonObject } from '../../codegen/json.ts'
import type { Connector, Tool } from '../../server/mcp/tool.ts'
import { assembleUpstream } from '../../server/upstream/assemble.ts'
import type { UpstreamClient } from '../../server/upstream/client.ts'
import type { RecordingUpstream } from '../support/recording-upstream.ts'
import { drawArguments } from './draw-arguments.ts'
import { judgeCall } from './judge-call.ts'
import { readJudgedOperation } from './judged-operation.ts'
import { count, createTally, type Judgement, type Tally } from './judgement.ts'
import { recordCall } from './record-call.ts'
import { findServerDifference } from './server-difference.ts'

/** What is judged, and how much of it. */
export type JudgeOptions = {
  readonly connector: Connector
  /** The document that judges read: the pruned one, or the original where that is Swagger 2.0. */
  readonly document: JsonObject
  /** Its tools accept more than the document's schemas, for a known reason. */
  readonly isWidened: boolean
  readonly upstream: RecordingUpstream
  /** Spread evenly over the catalogue. */
  readonly maxTools: number
  readonly callsPerTool: number
  readonly seed: number
}

/** Calls the tools of a connector with drawn arguments, and has every request judged. */
export async function judgeConnector(options: JudgeOptions): Promise<Judgement> {
  const { connector, document, upstream, maxTools } = options
  const basePath = new URL(connector.upstream.serverUrl ?? 'http://h').pathname.replace(/\/$/, '')
  const baseUrl = `${upstream.origin}${basePath}`
  const { upstream: client, close } = assembleUpstream({
    connector,
    baseUrl: new URL(baseUrl),
    credential: null,
    timeoutMs: 10_000,
  })
  const tally = createTally()
  try {
    for (const tool of spread(connector.tools, maxTools)) {
      tally.tools += 1
      const difference = findServerDifference(document, connector, tool)
      if (difference !== null) tally.failures.push(`${tool.name} ${difference}`)
      await judgeTool(moveTo(baseUrl, tool), { ...options, client, baseUrl }, tally)
    }
  } finally {
    await close()
  }
  return tally
}

async function judgeTool(
  tool: Tool,
  options: JudgeOptions & { readonly client: UpstreamClient; readonly baseUrl: string },
  tally: Tally,
): Promise<void> {
  const { document, isWidened, upstream, client, callsPerTool, seed } = options
  const baseUrl = tool.operation.server ?? options.baseUrl
  const operation = readJudgedOperation(document, tool.operation.path, tool.operation.method)
  for (const args of drawArguments(tool, callsPerTool, seed + tally.tools)) {
    const fail = (judge: string, what: string) =>
      tally.failures.push(`${tool.name}, ${judge}: ${what}\n  ${JSON.stringify(args)}`)
    tally.calls += 1
    const call = await recordCall(tool, args, client, upstream)
    if (call.kind === 'sent')
      await judgeCall({ operation, isWidened, tool, args, call, baseUrl }, tally, fail)
    else if (call.kind === 'refused') count(tally.refused, call.reason)
    else fail('the client', call.reason)
  }
}

/** An operation with a server of its own has it here: no request leaves this machine. */
function moveTo(baseUrl: string, tool: Tool): Tool {
  const { operation } = tool
  if (operation.server === null) return tool
  const { pathname } = new URL(operation.server, baseUrl)
  const server = `${new URL(baseUrl).origin}${pathname.replace(/\/$/, '')}`
  return { ...tool, operation: { ...operation, server } }
}

function spread<Item>(items: readonly Item[], max: number): readonly Item[] {
  const step = Math.max(1, items.length / max)
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
}
