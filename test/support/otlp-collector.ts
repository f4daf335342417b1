import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { isRecord } from '../../server/json.ts'
import { portOf } from './port.ts'

/** A span as it was sent (OTLP 1.x in JSON), with its attributes by name. */
export type ReceivedSpan = {
  readonly traceId: string
  readonly spanId: string
  /** `''` for the first of its trace. */
  readonly parentSpanId: string
  readonly name: string
  /** 2 is a server's, 3 a client's. */
  readonly kind: number
  readonly isError: boolean
  readonly attributes: Readonly<Record<string, unknown>>
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[]
}

/** An OpenTelemetry collector that keeps what it is sent. */
export type TestCollector = {
  readonly url: string
  /** What it answers with; `null` leaves senders without an answer. */
  status: number | null
  readonly requests: readonly {
    readonly path: string
    readonly headers: IncomingHttpHeaders
    readonly body: string
  }[]
  readonly spans: () => readonly ReceivedSpan[]
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** Starts it on a port of this machine. */
export async function startCollector(): Promise<TestCollector> {
  const requests: TestCollector['requests'][number][] = []
  const server = createServer((request, response) => {
    const { url: path = '', headers } = request
    void text(request).then((body) => {
      requests.push({ path, headers, body })
      if (collector.status === null) return
      response.writeHead(collector.status, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise

  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    await closed.promise
  }
  const collector: TestCollector = {
    url: `http://127.0.0.1:${portOf(server)}`,
    status: 200,
    requests,
    spans: () => requests.flatMap(({ body }) => spansIn(JSON.parse(body))),
    close,
    [Symbol.asyncDispose]: close,
  }
  return collector
}

function spansIn(body: unknown): readonly ReceivedSpan[] {
  return listIn(body, 'resourceSpans')
    .flatMap((resource) => listIn(resource, 'scopeSpans'))
    .flatMap((scope) => listIn(scope, 'spans'))
    .map((span) => ({
      traceId: textIn(span, 'traceId'),
      spanId: textIn(span, 'spanId'),
      parentSpanId: textIn(span, 'parentSpanId'),
      name: textIn(span, 'name'),
      kind: Number(span['kind']),
      isError: isRecord(span['status']) && span['status']['code'] === 2,
      attributes: attributesOf(span),
      links: listIn(span, 'links').map((link) => ({
        traceId: textIn(link, 'traceId'),
        spanId: textIn(link, 'spanId'),
      })),
    }))
}

/** The attributes of a span or a resource. */
export function attributesOf(holder: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    listIn(holder, 'attributes').map((each) => {
      const value = isRecord(each['value']) ? Object.values(each['value'])[0] : null
      return [textIn(each, 'key'), value]
    }),
  )
}

function listIn(holder: unknown, name: string): readonly Readonly<Record<string, unknown>>[] {
  const list: unknown = isRecord(holder) ? holder[name] : null
  return Array.isArray(list) ? list.filter(isRecord) : []
}

function textIn(holder: Readonly<Record<string, unknown>>, name: string): string {
  const value = holder[name]
  return typeof value === 'string' ? value : ''
}
