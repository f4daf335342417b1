import type { Logger } from 'pino'
import type { Tracing } from '../telemetry/tracing.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { absentResources } from './absent-capabilities.ts'
import { createCallTool, createReadTool } from './call-tool.ts'
import type { Catalogue } from './catalogue.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createFastPath } from './fast-path.ts'
import { readOnRecord } from './own-tools/read-on-record.ts'
import { completionFeature } from './prompts/completion-feature.ts'
import type { PromptBook } from './prompts/prompt-book.ts'
import { promptsFeature } from './prompts/prompts-feature.ts'
import { createReadResource } from './resources/read-resource.ts'
import { resourcesFeature } from './resources/resources-feature.ts'
import type { RpcFeature } from './rpc-feature.ts'
import { createServerBuilder } from './rpc-server.ts'
import type { Connector } from './tool.ts'
import { toolsFeature } from './tools-feature.ts'
import { traceResourceReads, traceToolCalls } from './trace-tool-calls.ts'

/**
 * Puts the MCP side of a connector together: message → tool → upstream → projection.
 *
 * @param options.url the connector's own URL
 * @param options.maxResultChars of what a result shows as text
 */
export function assembleDispatch(options: {
  readonly connector: Connector
  readonly catalogue: Catalogue
  /** `null` where there are none. */
  readonly prompts: PromptBook | null
  readonly upstream: UpstreamClient
  readonly url: URL
  readonly maxResultChars: number
  readonly tracing: Tracing
  readonly log: Logger
}): Dispatch {
  const { connector, catalogue, prompts, upstream, url, maxResultChars: maxChars } = options
  const { log, tracing } = options
  const { name, title, document } = connector
  const info = { name, title, version: document.version }
  const read = createReadTool(upstream, log)
  const call = createCallTool({ connector: name, catalogue, read, maxChars })
  const callTool = traceToolCalls(call, tracing)
  const readPlainly = createReadResource({ connector: name, catalogue, read, maxChars })
  const readResource = traceResourceReads(readPlainly, tracing)
  // What goes with a prompt is on record read by read, beside the prompt.
  const readAttached = createReadResource({
    ...{ connector: name, catalogue, maxChars },
    read: readOnRecord(read),
  })
  const ofPrompts =
    prompts === null
      ? []
      : [
          promptsFeature(prompts, readAttached),
          completionFeature({ connector, catalogue, prompts }),
        ]
  const resources: RpcFeature =
    connector.resources === null
      ? absentResources
      : resourcesFeature({ connector, catalogue, readResource })
  const features = [toolsFeature(catalogue), resources, ...ofPrompts]
  const buildServer = createServerBuilder({ connector, info, features, log })
  const answerFast = createFastPath({ catalogue, callTool, info })
  return createDispatch({ url, buildServer, callTool, answerFast, log })
}
