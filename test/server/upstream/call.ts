import type { Carrier, UpstreamCall } from '../../../server/upstream/carrier.ts'
import type { WireAnswer } from '../../../server/upstream/transport.ts'

/** A call that a member of `acme` makes, with half a minute of time. */
export function toCall(changes: Partial<UpstreamCall> = {}): UpstreamCall {
  return {
    origin: 'http://upstream.test',
    method: 'GET',
    target: '/v1/things',
    headers: { accept: 'application/json' },
    body: null,
    signal: new AbortController().signal,
    share: 'acme',
    reader: 'm1',
    isRepeatable: true,
    deadlineAt: 30_000,
    ...changes,
  }
}

/** An answer with a body. */
export function toAnswer(status: number, body = '{}'): WireAnswer {
  return {
    status,
    contentType: 'application/json',
    contentEncoding: 'identity',
    contentDisposition: null,
    contentLength: null,
    retryAfter: null,
    body: Buffer.from(body),
  }
}

/** A call that arrived at the end of the line, and waits there for what the test answers. */
export type HeldCall = {
  readonly call: UpstreamCall
  readonly answer: (answer: WireAnswer) => void
  readonly fail: (error: unknown) => void
}

/** An end of the line that keeps every call until the test answers it, or its caller leaves. */
export function createHolding(): Carrier & { readonly held: readonly HeldCall[] } {
  const held: HeldCall[] = []
  return {
    held,
    exchange(call) {
      const { promise, resolve, reject } = Promise.withResolvers<WireAnswer>()
      held.push({ call, answer: resolve, fail: reject })
      call.signal.addEventListener('abort', () => reject(call.signal.reason))
      return promise
    },
  }
}

/** The error that a promise is rejected with. */
export async function errorOf(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}
