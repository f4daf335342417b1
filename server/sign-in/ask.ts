import { readPointer } from '../json.ts'
import type { OpenUpstream, Operation } from '../mcp/tool.ts'
import type { Secret } from '../secret.ts'
import type { UpstreamClient } from '../upstream/client.ts'
import { UpstreamFailure } from '../upstream/failure.ts'

/** A request of the connector itself. */
export type Question = {
  readonly operation: Operation
  readonly send: (open: OpenUpstream) => Promise<unknown>
}

/**
 * Sends a request of the connector itself and parses the answer; it belongs to no organization, and
 * goes on when the client leaves, because others may wait for it too.
 *
 * @param headers what proves who asks; none for a login
 * @throws {UpstreamFailure} unless the answer is a success in JSON
 */
export async function ask(
  upstream: UpstreamClient,
  { operation, send }: Question,
  headers: Readonly<Record<string, Secret>>,
  requestId: string,
): Promise<unknown> {
  const caller = {
    credential: headers,
    organizationId: null,
    requestId,
    clientName: null,
    traceparent: null,
    signal: new AbortController().signal,
    reader: null,
    // What the connector itself posts is a sign-in or its renewal: a second one is another session.
    isRepeatable: operation.method !== 'POST',
    deadline: null,
  }
  const answer = await upstream.read(operation, caller, send)
  if (answer.kind !== 'json')
    throw new UpstreamFailure(502, `${answer.kind} where JSON was expected`)
  return parseAnswer(answer.utf8.toString())
}

/**
 * Reads the text or the number that an answer has at a JSON Pointer, as text.
 *
 * @throws {UpstreamFailure} with status 502 where there is none
 */
export function textAt(answer: unknown, pointer: string): string {
  const found = findTextAt(answer, pointer)
  if (found === null) throw new UpstreamFailure(502, `nothing at ${pointer} of the answer`)
  return found
}

/** The same, but `null` where there is none. */
export function findTextAt(answer: unknown, pointer: string): string | null {
  const found = readPointer(answer, pointer)
  if (typeof found === 'number') return String(found)
  return typeof found === 'string' && found !== '' ? found : null
}

/** A whole number of so many digits may be beyond what a double holds exactly. */
const LONG_NUMBER = /[0-9]{16}/

/** An identifier that a double would round, and so make another's, stays the text that it was. */
function parseAnswer(text: string): unknown {
  try {
    const answer: unknown = LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
    return answer
  } catch {
    // No cause: the parser's own message quotes the answer, and a log is no place for it.
    throw new UpstreamFailure(502, 'the answer is not JSON')
  }
}

function keepDigits(_key: string, value: unknown, { source }: { readonly source: string }) {
  const isRounded = typeof value === 'number' && /^-?[0-9]+$/.test(source)
  return isRounded && !Number.isSafeInteger(value) ? source : value
}
