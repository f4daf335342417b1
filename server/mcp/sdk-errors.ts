import { isRecord, shorten } from '../json.ts'
import { INTERNAL_ERROR, INVALID_PARAMS } from './protocol-errors.ts'

const MAX_MESSAGE_CHARS = 200

/** The JSON text of an answer, and the code of the error in it; `null` for a result. */
export type TamedAnswer = { readonly body: string; readonly code: number | null }

/**
 * Tames an error that the SDK raised itself. It judges `params` before our handlers see them, and
 * reports what it finds as -32603 with a dump of every issue; a client should hear -32602 and the
 * first of them. Errors of our own pass through: theirs are short and meant for clients.
 *
 * @param body the answer's JSON text
 */
export function tameSdkErrors(body: string): TamedAnswer {
  // The SDK writes results with "result" first; there is nothing to tame in them.
  if (body === '' || body.startsWith('{"result"')) return { body, code: null }
  const answer: unknown = JSON.parse(body)
  if (!isRecord(answer) || !isRecord(answer['error'])) return { body, code: null }
  const error = tame(answer['error'])
  const code = typeof error.code === 'number' ? error.code : null
  return { body: JSON.stringify({ ...answer, error }), code }
}

type Tamed = { readonly code: unknown; readonly message: string; readonly data?: object }

function tame(error: Readonly<Record<string, unknown>>): Tamed {
  const { code, message, data } = error
  const text = typeof message === 'string' ? message : ''
  const facts = isRecord(data) ? { data } : {}
  const dump = /\[\s*\{/.exec(text)
  if (code === INTERNAL_ERROR && text === 'Internal error') return { code, message: text }
  if (code === INTERNAL_ERROR || (code === INVALID_PARAMS && dump !== null)) {
    const message = `Invalid params${dump === null ? '' : describeFirst(text.slice(dump.index))}`
    return { code: INVALID_PARAMS, message: shorten(message, MAX_MESSAGE_CHARS) }
  }
  return { code, message: shorten(text, MAX_MESSAGE_CHARS), ...facts }
}

/** The first issue of a dump: where, and what is wrong. */
function describeFirst(dump: string): string {
  try {
    const issues: unknown = JSON.parse(dump)
    const issue: unknown = Array.isArray(issues) ? issues[0] : null
    if (!isRecord(issue) || !Array.isArray(issue['path'])) return ''
    return `: ${JSON.stringify(issue['path'].join('.'))}: ${String(issue['message'])}`
  } catch {
    return ''
  }
}
