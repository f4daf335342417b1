import { UpstreamFailure } from '../../upstream/failure.ts'
import type { UpstreamAnswer } from '../../upstream/judge-answer.ts'
import { parseLossless } from '../lossless-json.ts'

/**
 * Reads an answer as JSON, every number as it was written; no answer is `null`.
 *
 * @throws {UpstreamFailure} 502 for anything else
 */
export function parseAnswer(answer: UpstreamAnswer): unknown {
  if (answer.kind === 'empty') return null
  if (answer.kind !== 'json') {
    throw new UpstreamFailure(502, `${answer.kind} where JSON was expected`)
  }
  try {
    return parseLossless(answer.utf8.toString())
  } catch {
    // No cause: the parser's own message quotes the answer, and a log is no place for it.
    throw new UpstreamFailure(502, 'the answer is not JSON')
  }
}
