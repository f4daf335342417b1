import type { Context } from '../http/context.ts'
import { isRecord } from '../json.ts'
import { createTrail, methodOf, type Trail } from './exchange.ts'
import { MAX_BATCH } from './message.ts'
import type { RpcError } from './protocol-errors.ts'

/**
 * Answers with the same error for every request that was asked: once, and without an id, for a batch
 * that is too long; not at all for notifications.
 *
 * @param message the parsed body; `null` where it is not JSON
 * @param noted what is on record of each, notifications as well: at least why it was refused
 */
export function answerEach(
  ctx: Context,
  message: unknown,
  error: RpcError,
  noted: Pick<Trail, 'reason'> & Partial<Trail>,
): void {
  const isBatch = Array.isArray(message) && message.length <= MAX_BATCH
  const messages: readonly unknown[] = isBatch ? message : [message]
  const asked = messages.filter((each) => !isNotification(each))
  const answers = asked.map((each) => ({ jsonrpc: '2.0', id: idOf(each), error }))
  ctx.body = isBatch && answers.length > 0 ? answers : (answers[0] ?? '')
  ctx.status = answers.length === 0 ? 202 : 200
  for (const each of messages) {
    const answer = answers[asked.indexOf(each)]
    ctx.state.exchanges.push({
      ...createTrail(ctx.state.traceparent),
      ...noted,
      method: methodOf(each),
      code: error.code,
      durationMs: 0,
      bytes: answer === undefined ? 0 : Buffer.byteLength(JSON.stringify(answer)),
    })
  }
}

function isNotification(message: unknown): boolean {
  return isRecord(message) && 'method' in message && !('id' in message)
}

function idOf(message: unknown): string | number | null {
  const id = isRecord(message) ? message['id'] : null
  return typeof id === 'string' || (typeof id === 'number' && Number.isInteger(id)) ? id : null
}
