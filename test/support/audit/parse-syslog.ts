/** A syslog message, taken apart. */
export type SyslogMessage = {
  readonly facility: number
  readonly severity: number
  readonly time: string
  readonly hostname: string
  readonly appName: string
  readonly procId: string
  readonly msgId: string
  readonly structuredData: string
  /** A byte order mark stood before it. */
  readonly hasBom: boolean
  readonly text: string
}

const HEADER = new RegExp(
  [
    /^<(0|[1-9]\d{0,2})>1/,
    /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)|-)/,
    /([\x21-\x7e]{1,255})/,
    /([\x21-\x7e]{1,48})/,
    /([\x21-\x7e]{1,128})/,
    /([\x21-\x7e]{1,32})/,
    /(-|(?:\[[^\]]+\])+) /,
  ]
    .map((part) => part.source)
    .join(' '),
)

/**
 * Takes a message apart by the grammar of RFC 5424, section 6.
 *
 * @throws {Error} for what the grammar does not have: a message in UTF-8 that is not ASCII and has no
 *   byte order mark, among it
 */
export function parseSyslog(message: Buffer): SyslogMessage {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(message)
  const [header, priority, ...fields] = HEADER.exec(text) ?? []
  if (header === undefined || Number(priority) > 191) {
    throw new Error(`no syslog: ${text.slice(0, 80)}`)
  }
  const [time = '', hostname = '', appName = '', procId = '', msgId = '', structuredData = ''] =
    fields
  const body = text.slice(header.length)
  const hasBom = body.startsWith('\ufeff')
  if (!hasBom && /[^\0-\x7f]/.test(body)) throw new Error('UTF-8 without a byte order mark')
  return {
    facility: Number(priority) >> 3,
    severity: Number(priority) & 7,
    ...{ time, hostname, appName, procId, msgId, structuredData, hasBom },
    text: hasBom ? body.slice(1) : body,
  }
}
