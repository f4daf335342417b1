import type { Writable } from 'node:stream'
import type { Logger } from 'pino'
import type { AuditConfig, OtlpEndpoint } from '../../config.ts'
import type { AuditSink } from '../../config-sinks.ts'
import type { Backoff } from '../backoff.ts'
import type { SinksAtWork } from '../open-audit.ts'
import type { Outbox } from '../outbox.ts'
import { toSinkKey } from '../sink-key.ts'
import { startDelivery } from './delivery.ts'
import { createFileSink } from './file.ts'
import { createHttpsSink } from './https.ts'
import { createOtlpSink } from './otlp.ts'
import type { Sink } from './sink.ts'
import { createStreamSink } from './stream.ts'
import { createSyslogSink } from './syslog.ts'

/** How long a stop goes on sending what waits. */
const STOP_MS = 3_000

type SinkOptions = {
  readonly config: AuditConfig
  /** Where the `otlp` sink sends to. */
  readonly otlp: OtlpEndpoint | null
  /** The connector's name. */
  readonly connector: string
  /** This machine's name. */
  readonly hostname: string
  readonly pid: number
  /** Tells the instances of one deployment apart. */
  readonly instanceId: string
  /** Standard output. */
  readonly stdout: Writable
  /** Certificates (PEM) that are trusted instead of the usual ones. */
  readonly ca?: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Starts to carry events to every sink of the configuration, each at its own pace. Its `close` sends
 * what waits for at most three seconds; the rest goes after the next start.
 *
 * @param options.random 0 to 1; spreads tries
 * @throws {Error} where a sink lacks what `readConfig` makes sure of
 */
export function startSinks(
  options: SinkOptions & {
    readonly outbox: Outbox
    readonly log: Logger
    readonly random: () => number
    readonly backoff?: Backoff
  },
): SinksAtWork {
  const { config, outbox, log, random, backoff } = options
  const deliveries = config.sinks.map((sink) =>
    startDelivery({
      name: toSinkKey(sink),
      sink: createSink(sink, options),
      outbox,
      log,
      random,
      ...(backoff !== undefined && { backoff }),
    }),
  )
  return {
    status: () => deliveries.map((each) => each.status()),
    async close() {
      await Promise.all(deliveries.map((each) => each.stop(STOP_MS)))
    },
  }
}

function createSink(sink: AuditSink, options: SinkOptions): Sink {
  const { now, ca, connector, hostname, pid, instanceId } = options
  const { format } = sink
  const trust = ca === undefined ? {} : { ca }
  switch (sink.kind) {
    case 'stdout':
      return createStreamSink({ stream: options.stdout, format })
    case 'file':
      return createFileSink({ path: sink.path, format })
    case 'syslog': {
      const { host, port, tls } = sink
      const target = { host, port, tls, ...trust }
      return createSyslogSink({ target, format, origin: { hostname, pid }, now })
    }
    case 'https': {
      const key = options.config.sinkKey
      if (key === null) throw new Error('"sinkKey": an https sink needs one')
      return createHttpsSink({ url: sink.url, format, key, now, ...trust })
    }
    case 'otlp': {
      const endpoint = options.otlp
      if (endpoint === null) throw new Error('"otlp": an otlp sink needs an endpoint')
      return createOtlpSink({ endpoint, connector, instanceId, now, ...trust })
    }
  }
}
