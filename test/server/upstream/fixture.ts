import type { Operation, WireParameter } from '../../../server/mcp/tool.ts'
import { Secret } from '../../../server/secret.ts'
import {
  createUpstreamClient,
  type Caller,
  type UpstreamClient,
} from '../../../server/upstream/client.ts'
import { systemClock } from '../../../server/upstream/clock.ts'
import {
  withFixedCredential,
  type FixedCredential,
} from '../../../server/upstream/fixed-credential.ts'
import { createTransport } from '../../../server/upstream/transport.ts'
import {
  startRecordingUpstream,
  type RecordedRequest,
  type RecordingUpstream,
} from '../../support/recording-upstream.ts'

/** A parameter named `color`, as the specification's examples call theirs. */
export function parameter(changes: Partial<WireParameter> = {}): WireParameter {
  const where = changes.in ?? 'query'
  return {
    name: 'color',
    in: where,
    style: where === 'path' || where === 'header' ? 'simple' : 'form',
    explode: where === 'query',
    allowReserved: false,
    content: null,
    ...changes,
  }
}

/** A `GET /things` with parameters; path parameters are to be put into its template. */
export function operation(
  parameters: readonly WireParameter[],
  changes: Partial<Operation> = {},
): Operation {
  const template = changes.template ?? '/things'
  return {
    id: 'listThings',
    method: 'GET',
    path: template,
    template,
    query: '',
    server: null,
    accept: 'application/json',
    parameters,
    body: null,
    ...changes,
  }
}

type Values = Readonly<Record<string, unknown>>

/** What a generated call gives. */
export type Request = {
  readonly params?: { readonly [Place in WireParameter['in']]?: Values }
  readonly body?: unknown
}

/** A document whose every path takes anything, so that a test can call what the types would refuse. */
type AnyOperation = {
  readonly parameters: NonNullable<Request['params']>
  readonly requestBody?: { readonly content: { readonly 'application/json': unknown } }
}
export type AnyPaths = Readonly<
  Record<string, Readonly<Record<'get' | 'head' | 'post', AnyOperation>>>
>

/** The real client in front of an upstream that records. */
export type Wire = {
  readonly upstream: UpstreamClient
  readonly recording: RecordingUpstream
  /** Sends a request, and gives it as it arrived. */
  readonly send: (
    operation: Operation,
    request: Request,
    credential?: Readonly<Record<string, string>>,
  ) => Promise<RecordedRequest>
  readonly close: () => Promise<void>
}

/** Opens it; the upstream's base path is `/v1`, and a fixed credential goes with every request. */
export async function openWire(fixed: FixedCredential | null = null): Promise<Wire> {
  const recording = await startRecordingUpstream()
  const transport = createTransport({ maxBodyBytes: () => 100_000 })
  const upstream = createUpstreamClient({
    carrier: fixed === null ? transport : withFixedCredential(transport, fixed),
    baseUrl: new URL(`${recording.origin}/v1`),
    organizationHeader: 'X-Organization',
    timeoutMs: 5_000,
    userAgent: 'test',
    clock: systemClock,
  })
  return {
    upstream,
    recording,
    async send(wanted, request, credential = {}) {
      const { method, path } = wanted
      const before = recording.requests.length
      await upstream.read(wanted, toCaller(credential), (open) =>
        open<AnyPaths>()[method](path, request),
      )
      const sent = recording.requests.slice(before)
      if (sent.length !== 1 || sent[0] === undefined) throw new Error('not one request was sent')
      return sent[0]
    },
    async close() {
      await transport.close()
      await recording.close()
    },
  }
}

/** A caller of the organization `acme`. */
export function toCaller(credential: Readonly<Record<string, string>> = {}): Caller {
  const secrets = Object.entries(credential).map(
    ([name, text]) => [name, new Secret(text)] as const,
  )
  return {
    credential: Object.fromEntries(secrets),
    organizationId: 'acme',
    requestId: 'r1',
    clientName: null,
    traceparent: null,
    signal: new AbortController().signal,
    reader: null,
    isRepeatable: true,
    deadline: null,
  }
}
