import type { OtlpEndpoint } from '../../config.ts'
import { isRecord } from '../../json.ts'
import { toOtlpLogs } from '../formats/otlp-logs.ts'
import { createPoster, failureOf } from './post.ts'
import { DELIVERED, type Delivered, type Sink } from './sink.ts'

/**
 * Exports events as log records to an OpenTelemetry collector (OTLP 1.x over HTTP, JSON).
 *
 * What the collector says it will never take, a 400 or the rejected part of a partial success, must
 * not be sent again by the protocol, and is counted as refused. For other statuses that the protocol
 * calls final, a wrong token among them, it asks senders to drop the data; an audit may not, so they
 * are tried again like 429, 502, 503 and 504.
 *
 * @param options.instanceId tells the instances of one deployment apart
 * @param options.ca certificates (PEM) that are trusted instead of the usual ones
 * @param options.now milliseconds since the epoch
 */
export function createOtlpSink(options: {
  readonly endpoint: OtlpEndpoint
  readonly connector: string
  readonly instanceId: string
  readonly ca?: string
  readonly now: () => number
}): Sink {
  const { endpoint, connector, instanceId, now, ca } = options
  const poster = createPoster({ url: logsUrl(endpoint.url), now, ...(ca !== undefined && { ca }) })
  const secrets = Object.entries(endpoint.headers).map(
    ([name, secret]) => [name.toLowerCase(), secret.reveal()] as const,
  )
  return {
    async deliver(batch, signal) {
      const answer = await poster.post({
        headers: { ...Object.fromEntries(secrets), 'content-type': 'application/json' },
        body: JSON.stringify(toOtlpLogs(batch, { connector, instanceId })),
        signal,
      })
      if (answer.status === 400) return { refused: batch.length }
      const failure = failureOf(answer)
      if (failure !== null) throw failure
      return readPartialSuccess(answer.text, batch.length)
    },
    close: poster.close,
  }
}

/** The signal's own path comes behind the base URL's ("OpenTelemetry Protocol Exporter"). */
function logsUrl(base: URL): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/logs`
  return url
}

/** 64-bit numbers are texts in JSON, though not all collectors write them so. */
function readPartialSuccess(text: string, most: number): Delivered {
  const answer = parseJson(text)
  const partial = isRecord(answer) ? answer['partialSuccess'] : null
  const rejected = isRecord(partial) ? Number(partial['rejectedLogRecords'] ?? 0) : 0
  if (!Number.isSafeInteger(rejected) || rejected <= 0) return DELIVERED
  return { refused: Math.min(rejected, most) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
