import { untilAborted } from '../until-aborted.ts'
import type { Carrier, UpstreamCall } from './carrier.ts'
import type { WireAnswer } from './transport.ts'

/** Headers that tell the upstream about a call, and change nothing of its answer. */
const NOT_COMPARED = new Set(['traceparent', 'tracestate', 'x-mcp-client', 'x-request-id'])

/**
 * Sends reads that are the same at the same time once. The same is: one reader of one organization,
 * and every byte that goes to the upstream, the credential with it, but for what only names the
 * call; there the first one's goes. Nothing is kept: a read that begins after the answer is another.
 *
 * Whoever leaves, leaves alone; when the last one has left, the read is aborted.
 */
export function withSharing(next: Carrier, options: { readonly steadyMs: () => number }): Carrier {
  const { steadyMs } = options
  const running = new Map<string, SharedRead>()

  function begin(key: string, call: UpstreamCall): SharedRead {
    const gone = new AbortController()
    const now = steadyMs()
    const read: SharedRead = {
      answer: next.exchange({ ...call, signal: gone.signal }),
      joinableUntil: now + (call.deadlineAt - now) / 2,
      gone,
      isSettled: false,
      waiters: 0,
    }
    running.set(key, read)
    const settle = () => {
      read.isSettled = true
      forgetRead(key, read)
    }
    read.answer.then(settle, settle)
    return read
  }

  function forgetRead(key: string, read: SharedRead): void {
    if (running.get(key) === read) running.delete(key)
  }

  return {
    async exchange(call) {
      if (call.reader === null) return next.exchange(call)
      call.signal.throwIfAborted()
      const key = toKey(call)
      const known = running.get(key)
      // Of one that is late, a newcomer would only share the failure, and keep it alive.
      const isJoinable = known !== undefined && steadyMs() < known.joinableUntil
      const read = isJoinable ? known : begin(key, call)
      read.waiters += 1
      try {
        return await untilAborted(read.answer, call.signal)
      } finally {
        read.waiters -= 1
        if (read.waiters === 0 && !read.isSettled) {
          forgetRead(key, read)
          read.gone.abort(call.signal.reason)
        }
      }
    },
  }
}

type SharedRead = {
  readonly answer: Promise<WireAnswer>
  /** In milliseconds of the steady clock. */
  readonly joinableUntil: number
  readonly gone: AbortController
  isSettled: boolean
  waiters: number
}

/** As JSON, so that no two reads that differ make one text. It holds the credential, and is gone with the read. */
function toKey({ reader, share, origin, method, target, body, headers }: UpstreamCall): string {
  const facts = [reader, share, origin, method, target, body]
  for (const name of Object.keys(headers).sort()) {
    if (!NOT_COMPARED.has(name)) facts.push(name, headers[name] ?? '')
  }
  return JSON.stringify(facts)
}
