import { AppError } from '../errors.ts'
import { isNestedDeeper, isRecord } from '../json.ts'

/** Deeper messages are refused: no read needs them, and they exhaust the stack of those who walk them. */
export const MAX_DEPTH = 64

/** A batch of more messages is refused (2025-03-26 has batches, later revisions do not). */
export const MAX_BATCH = 20

const UTF_8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Parses the bytes of a JSON-RPC message or batch.
 *
 * @throws {AppError} `malformed_json` or `nested_too_deeply`
 */
export function parseMessage(body: Buffer | null): unknown {
  const text = decode(body ?? Buffer.alloc(0))
  if (isNestedDeeper(text, MAX_DEPTH)) {
    throw new AppError('nested_too_deeply', { hint: `The limit is ${MAX_DEPTH} levels.` })
  }
  try {
    const message: unknown = JSON.parse(text)
    return message
  } catch (error) {
    throw new AppError('malformed_json', { cause: error })
  }
}

/** Answers whether a message wants an answer; notifications do not. */
export function isRequest(message: unknown): message is { readonly id: unknown } {
  return isRecord(message) && 'id' in message && 'method' in message
}

function decode(body: Buffer): string {
  try {
    return UTF_8.decode(body)
  } catch (error) {
    throw new AppError('malformed_json', { cause: error })
  }
}
