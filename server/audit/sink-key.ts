import { sha256 } from '../hash.ts'
import type { AuditSink } from '../config-sinks.ts'

/** Enough of a hash to tell two addresses at one host apart. */
const DIGEST_CHARS = 8

/**
 * What a sink's queue is kept under, and what events and figures call it: kind and place, without a
 * URL's path, query and user. It is the same after a restart, and another for another address.
 */
export function toSinkKey(sink: AuditSink): string {
  const format = sink.format === 'json' ? '' : `#${sink.format}`
  switch (sink.kind) {
    case 'stdout':
    case 'otlp':
      return `${sink.kind}${format}`
    case 'file':
      return `file:${sink.path}${format}`
    case 'syslog':
      return `syslog+${sink.tls ? 'tls' : 'tcp'}://${sink.host}:${sink.port}${format}`
    case 'https': {
      const { protocol, host, pathname } = sink.url
      // Not the query or the user: a new token there must not leave a queue behind.
      return `${protocol}//${host} (${sha256(pathname).slice(0, DIGEST_CHARS)})${format}`
    }
  }
}
