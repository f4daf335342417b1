import type { AuditFormat } from '../../config-sinks.ts'
import { formatEvent } from '../formats/format-event.ts'
import { severityOf, type Severity } from '../formats/severity.ts'
import type { SealedEvent } from '../sealed-event.ts'

/** "log audit" (RFC 5424, section 6.2.1). */
const FACILITY = 13
const SEVERITIES = { informational: 6, warning: 4, alert: 2 } as const satisfies Record<
  Severity,
  number
>
const VERSION = 1
const APP_NAME = 'sluice'
/** No structured data of ours: it would need an enterprise number. */
const NIL = '-'
const BOM = '\ufeff'

/** Who speaks, in a syslog header. */
export type SyslogOrigin = {
  /** This machine's name. */
  readonly hostname: string
  readonly pid: number
}

/**
 * Renders an event as a syslog message (RFC 5424), in a frame that tells its length in bytes before
 * it (RFC 6587, section 3.4.1; RFC 5425, section 4.3). The type is the MSGID.
 *
 * A message that is not ASCII begins with a byte order mark, as section 6.4 wants; others do without,
 * since many receivers take it for a part of the JSON.
 */
export function toSyslogFrame(
  event: SealedEvent,
  format: AuditFormat,
  { hostname, pid }: SyslogOrigin,
): string {
  const text = formatEvent(format, event)
  const header = [
    `<${FACILITY * 8 + SEVERITIES[severityOf(event)]}>${VERSION}`,
    new Date(event.time).toISOString(),
    toHostname(hostname),
    APP_NAME,
    pid,
    event.type,
    NIL,
  ]
  const message = `${header.join(' ')} ${isAscii(text) ? '' : BOM}${text}`
  return `${Buffer.byteLength(message)} ${message}`
}

/** Visible ASCII, at most 255 characters. */
function toHostname(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '').slice(0, 255) || NIL
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text)
}
