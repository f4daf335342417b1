import type { FailureFacts } from './failure.ts'

const MAX_TITLE_CHARS = 120
const MAX_DETAIL_CHARS = 500

/** Marks of things that an error text must not carry out: markup, addresses, stack frames, file paths. */
const TELLTALES = [
  /<[a-z!/]/i,
  /[a-z][a-z0-9+.-]*:\/\//i,
  /\bat\s+\S+.*:\d+/,
  /(?:^|[\s("'])(?:\/[\w.-]+){2,}/,
  /[\w-]:\\/,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  /\b[\w-]+(?:\.[\w-]+)*:\d{2,5}\b/,
  /\b[\w-]+\.(?:internal|local|lan|corp|svc|localdomain)\b/i,
  /\blocalhost\b/i,
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
  const problem = parseObject(body)
  const title = cleanText(problem['title'], MAX_TITLE_CHARS)
  const detail = cleanText(problem['detail'], MAX_DETAIL_CHARS)
  return { ...(title !== null && { title }), ...(detail !== null && { detail }) }
}

function parseObject(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

/** One line of plain text, or `null` where the text is absent or says more than a client should see. */
function cleanText(value: unknown, maxChars: number): string | null {
  if (typeof value !== 'string') return null
  if (TELLTALES.some((telltale) => telltale.test(value))) return null
  const line = value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  if (line === '') return null
  return line.length > maxChars ? `${line.slice(0, maxChars - 1).trimEnd()}…` : line
}
