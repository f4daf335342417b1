import { isRecord, shorten } from '../json.ts'
import type { FailureFacts } from './failure.ts'

const MAX_TITLE_CHARS = 120
const MAX_DETAIL_CHARS = 500

/** A larger body is no problem document worth reading. */
const MAX_BODY_CHARS = 64 * 1024

/** Marks of things that an error text must not carry out: markup, addresses, headers, stack frames, file paths. */
const TELLTALES = [
  /<[a-z!/]/i,
  /[a-z][a-z0-9+.-]{0,20}:[/\\]/i,
  /\\/,
  /(?:^|[\s("'])(?:\/[\w.-]{1,40}){2,}/,
  /\bat\s+[^\s:]{0,40}[a-z_$][^\s:]{0,40}(?:\(|:\d)/i,
  /["'], line \d/i,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /::|(?:[0-9a-f]{1,4}:){4}/i,
  /\b[\w-]{0,40}[a-z][\w-]{0,40}:\d{2,5}\b/i,
  /(?:^|[^@\w.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){2,}/i,
  /(?:^|[^@\w.-])[\w-]{1,63}\.(?:internal|local|lan|corp|svc|localdomain|com|net|org|io|dev)\b/i,
  /\blocalhost\b/i,
  /\b(?:authorization|bearer|cookie|token|secret|password)\b/i,
  /\b[a-z]+(?:-[a-z]+)+:\s/i,
]

/**
 * Reads title and detail from a problem document (RFC 9457).
 *
 * Only of client errors (4xx): they speak to the caller. The text of a server error speaks to the
 * upstream's own operators, so none of it is passed on.
 *
 * @param body the answer's body; anything that is no problem document gives no facts
 */
export function readProblemDetails(
  status: number,
  contentType: string,
  body: string,
): FailureFacts {
  if (status < 400 || status > 499) return {}
  if (!/^application\/problem\+json\b/i.test(contentType)) return {}
  if (body.length > MAX_BODY_CHARS) return {}
  const problem = parseObject(body)
  const title = cleanText(problem['title'], MAX_TITLE_CHARS)
  const detail = cleanText(problem['detail'], MAX_DETAIL_CHARS)
  return { ...(title !== null && { title }), ...(detail !== null && { detail }) }
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

/** One line of plain text, or `null` where the text is absent or says more than a client should see. */
function cleanText(value: unknown, maxChars: number): string | null {
  if (typeof value !== 'string') return null
  // Only what could be shown is judged, so that a long text costs no more than a short one.
  const line = value
    .slice(0, 2 * maxChars)
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .toWellFormed()
  if (line === '' || TELLTALES.some((telltale) => telltale.test(line))) return null
  return shorten(line, maxChars)
}
