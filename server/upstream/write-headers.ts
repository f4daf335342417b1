import type { Operation } from '../mcp/tool.ts'
import type { BuiltRequest } from './build-request.ts'
import type { Caller } from './client.ts'
import { ACCEPTED_ENCODINGS } from './decode-answer.ts'
import { joinCookies } from './serialize-cookie.ts'

/** How an upstream may say what went wrong (RFC 9457). */
const PROBLEM = 'application/problem+json'

/** The headers that tell the upstream of a call's origin, beside the credential. */
export const TOLD_HEADERS = {
  program: 'User-Agent',
  client: 'X-MCP-Client',
  requestId: 'X-Request-Id',
  trace: 'traceparent',
} as const

const PROGRAM = TOLD_HEADERS.program.toLowerCase()
const CLIENT = TOLD_HEADERS.client.toLowerCase()
const REQUEST_ID = TOLD_HEADERS.requestId.toLowerCase()
const TRACE = TOLD_HEADERS.trace.toLowerCase()

/** Writes the headers of one request, by their names in lower case. */
export type WriteHeaders = (
  built: BuiltRequest,
  operation: Operation,
  caller: Caller,
) => Readonly<Record<string, string>>

/** Makes it for one upstream. What is ours comes last: whatever an argument is called, it replaces none of it. */
export function createHeaderWriter(options: {
  readonly organizationHeader: string | null
  readonly userAgent: string
}): WriteHeaders {
  const organizationHeader = options.organizationHeader?.toLowerCase() ?? null

  return (built, { accept }, caller) => {
    const { organizationId, clientName, traceparent, credential } = caller
    const own: Record<string, string> = {
      accept: accept.includes(PROBLEM) ? accept : `${accept}, ${PROBLEM}`,
      'accept-encoding': ACCEPTED_ENCODINGS,
      [PROGRAM]: options.userAgent,
      [REQUEST_ID]: caller.requestId,
    }
    if (clientName !== null) own[CLIENT] = clientName
    if (traceparent !== null) own[TRACE] = traceparent
    if (organizationHeader !== null && organizationId !== null) {
      own[organizationHeader] = organizationId
    }
    for (const name of Object.keys(credential)) {
      const secret = credential[name]
      if (secret !== undefined) own[name.toLowerCase()] = secret.reveal()
    }
    const { cookies } = built
    if (cookies.length > 0) own['cookie'] = joinCookies(own['cookie'], cookies)
    return { ...built.headers, ...own }
  }
}
