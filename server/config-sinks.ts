import { z } from 'zod'
import { toSinkKey } from './audit/sink-key.ts'
import { isLoopbackHost } from './loopback.ts'

/** The names of the formats. */
export const AUDIT_FORMATS = ['json', 'ocsf', 'cef'] as const
const SYSLOG_PORTS = { 'syslog+tls:': 6514, 'syslog+tcp:': 601 } as const

/** How events are written: ours, OCSF 1.x (API Activity, Authentication), or ArcSight's CEF. */
export type AuditFormat = (typeof AUDIT_FORMATS)[number]

/** One place that audit events are streamed to. */
export type AuditSink = { readonly format: AuditFormat } & (
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'syslog'
      readonly host: string
      readonly port: number
      /** RFC 5425; without it RFC 6587, section 3.4.1. */
      readonly tls: boolean
    }
  /** Batches are posted there. */
  | { readonly kind: 'https'; readonly url: URL }
  /** As log records, to the collector of `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  | { readonly kind: 'otlp' }
)

const ERROR =
  'must be a list, by comma, of stdout, file:/PATH, syslog+tls://HOST:PORT, syslog+tcp://HOST:PORT, https://URL (http:// for this machine) and otlp; #ocsf or #cef behind one chooses its format'

/** Reads `AUDIT_SINKS`; the format stands in the fragment, which no receiver ever sees. */
export const auditSinks = z.string().transform((text, context) => {
  const sinks = text.split(',').map((each) => toSink(each.trim()))
  const known = sinks.filter((sink) => sink !== null)
  if (known.length < sinks.length) context.addIssue({ code: 'custom', message: ERROR })
  // Two of one place would share its queue, and each get a part.
  if (new Set(known.map(toSinkKey)).size < known.length) {
    context.addIssue({ code: 'custom', message: 'must name each place once' })
  }
  return known
})

function toSink(text: string): AuditSink | null {
  const [target = '', fragment = 'json', ...more] = text.split('#')
  const format = AUDIT_FORMATS.find((each) => each === fragment)
  if (format === undefined || more.length > 0) return null
  if (target === 'stdout') return { kind: 'stdout', format }
  if (target === 'otlp') return format === 'json' ? { kind: 'otlp', format } : null
  if (target.startsWith('file:')) return toFile(target.slice('file:'.length), format)
  const url = URL.parse(target)
  return url === null ? null : toRemote(url, format)
}

function toFile(path: string, format: AuditFormat): AuditSink | null {
  const plain = path.replace(/^\/\/(?=\/)/, '')
  return plain === '' || plain.endsWith('/') ? null : { kind: 'file', path: plain, format }
}

function toRemote(url: URL, format: AuditFormat): AuditSink | null {
  const { protocol, hostname, port, pathname } = url
  if (protocol === 'syslog+tls:' || protocol === 'syslog+tcp:') {
    const isPlain = url.username === '' && url.search === '' && ['', '/'].includes(pathname)
    if (hostname === '' || !isPlain) return null
    const host = hostname.replace(/^\[(.*)\]$/, '$1')
    const tls = protocol === 'syslog+tls:'
    return { kind: 'syslog', host, port: Number(port || SYSLOG_PORTS[protocol]), tls, format }
  }
  const isSecure = protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
  return isSecure ? { kind: 'https', url, format } : null
}
