import { createHmac } from 'node:crypto'
import type { AuditFormat } from '../../config-sinks.ts'
import { sha256 } from '../../hash.ts'
import type { Secret } from '../../secret.ts'
import { formatEvent } from '../formats/format-event.ts'
import { createPoster, failureOf } from './post.ts'
import { DELIVERED, type Sink } from './sink.ts'

const MEDIA_TYPES = {
  json: 'application/x-ndjson',
  ocsf: 'application/x-ndjson',
  cef: 'text/plain; charset=utf-8',
} as const satisfies Record<AuditFormat, string>

/**
 * Posts events to a web hook, a line for each.
 *
 * `X-Sluice-Signature` is `sha256=` and the HMAC, in hexadecimal, of the `X-Sluice-Timestamp` (seconds
 * since the epoch, of this very try), a dot, and the body. `Idempotency-Key` is the same for the same
 * batch; a batch may be cut otherwise after a restart, when events are known by their `id`. Any 2xx
 * takes the batch; everything else is tried again, and a redirect is not followed.
 *
 * @param options.key signs
 * @param options.ca certificates (PEM) that are trusted instead of the usual ones
 * @param options.now milliseconds since the epoch
 */
export function createHttpsSink(options: {
  readonly url: URL
  readonly format: AuditFormat
  readonly key: Secret
  readonly ca?: string
  readonly now: () => number
}): Sink {
  const { format, key, now } = options
  const poster = createPoster(options)
  return {
    async deliver(batch, signal) {
      const body = batch.map((event) => `${formatEvent(format, event)}\n`).join('')
      const timestamp = String(Math.floor(now() / 1000))
      const answer = await poster.post({
        headers: {
          'content-type': MEDIA_TYPES[format],
          'idempotency-key': sha256(batch.map(({ id }) => id).join()),
          'x-sluice-timestamp': timestamp,
          'x-sluice-signature': `sha256=${signBody(key, timestamp, body)}`,
        },
        body,
        signal,
      })
      const failure = failureOf(answer)
      if (failure !== null) throw failure
      return DELIVERED
    },
    close: poster.close,
  }
}

function signBody(key: Secret, timestamp: string, body: string): string {
  return createHmac('sha256', key.reveal()).update(`${timestamp}.${body}`).digest('hex')
}
