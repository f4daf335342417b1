import { objectAt, toJson, type Json, type JsonObject } from '../../codegen/json.ts'
import type { OpenUpstream, Tool } from '../../server/mcp/tool.ts'
import { ArgumentRefused } from '../../server/upstream/failure.ts'
import type { UpstreamClient } from '../../server/upstream/client.ts'
import type { RecordedRequest, RecordingUpstream } from '../support/recording-upstream.ts'

/** What one call of a tool handed to the upstream client, and what came out of it. */
export type RecordedCall =
  | {
      readonly kind: 'sent'
      /** By place (`path`, `query`, `header`, `cookie`), then by the document's name. */
      readonly values: Readonly<Record<string, JsonObject>>
      readonly body: Json | undefined
      readonly request: RecordedRequest
    }
  /** The argument would have made it another request. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Anything else that kept it from being sent, or from being answered. */
  | { readonly kind: 'broken'; readonly reason: string }

/**
 * Calls a tool through the real client.
 *
 * @throws {Error} if the tool itself refuses the arguments
 */
export async function recordCall(
  tool: Tool,
  args: JsonObject,
  client: UpstreamClient,
  upstream: RecordingUpstream,
): Promise<RecordedCall> {
  const prepared = tool.prepare(args)
  if (!prepared.ok) throw new Error(`refused by zod: ${JSON.stringify(prepared.issues)}`)
  const inits: unknown[] = []
  const before = upstream.requests.length
  try {
    await client.read(tool.operation, CALLER, (open) => prepared.send(watch(open, inits)))
  } catch (error) {
    const kind = error instanceof ArgumentRefused ? 'refused' : 'broken'
    return { kind, reason: error instanceof Error ? error.message : String(error) }
  }
  const [request, ...others] = upstream.requests.slice(before)
  if (request === undefined || others.length > 0 || inits.length !== 1) {
    return { kind: 'broken', reason: `${others.length} requests too many, or none` }
  }
  const init = objectAt(toJson(JSON.parse(JSON.stringify(inits[0] ?? {}))))
  const values = Object.entries(objectAt(init['params'])).map(
    ([place, named]) => [place, objectAt(named)] as const,
  )
  return { kind: 'sent', values: Object.fromEntries(values), body: init['body'], request }
}

const CALLER = {
  credential: {},
  organizationId: null,
  requestId: 'judged',
  clientName: null,
  traceparent: null,
  signal: new AbortController().signal,
  reader: null,
  isRepeatable: true,
  deadline: null,
}

/** Lets every call through, and keeps what it was given. */
function watch(open: OpenUpstream, inits: unknown[]): OpenUpstream {
  return <Paths extends object>() =>
    new Proxy(open<Paths>(), {
      get(target, method) {
        const send: unknown = Reflect.get(target, method)
        if (typeof send !== 'function') return send
        return (...args: readonly unknown[]): unknown => {
          inits.push(args[1])
          const answer: unknown = Reflect.apply(send, target, args)
          return answer
        }
      },
    })
}
