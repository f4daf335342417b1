import type { Operation } from '../mcp/tool.ts'
import { UpstreamFailure } from './failure.ts'
import { readProblemDetails } from './problem-details.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { WireAnswer } from './transport.ts'

/** A successful answer. */
export type UpstreamAnswer = {
  readonly status: number
  /** The JSON text as the upstream wrote it; empty where it sent no content. */
  readonly text: string
}

/**
 * Tells what an answer is worth.
 *
 * @param now milliseconds since the epoch
 * @throws {UpstreamFailure} unless the answer is a success whose body is JSON
 */
export function judgeAnswer(answer: WireAnswer, operation: Operation, now: number): UpstreamAnswer {
  const { status } = answer
  if (status < 200 || status > 299) {
    const retryAfter = parseRetryAfter(answer.retryAfter, now)
    throw new UpstreamFailure(status, `${operation.id} was answered ${status}`, {
      isPage: /\bx?html\b/i.test(answer.contentType),
      facts: {
        ...readProblemDetails(status, answer.contentType, answer.body.toString('utf8')),
        ...(retryAfter !== null && { retryAfter }),
      },
    })
  }
  if (status === 204 || status === 205 || operation.method === 'HEAD') return { status, text: '' }
  if (answer.contentEncoding.toLowerCase() !== 'identity') {
    throw new UpstreamFailure(502, `unasked content encoding ${answer.contentEncoding}`)
  }
  if (!isJson(answer.contentType)) {
    throw new UpstreamFailure(502, `content type ${answer.contentType} where JSON was expected`)
  }
  if (answer.body.length === 0) throw new UpstreamFailure(502, 'a success without content')
  return { status, text: decode(answer.body) }
}

/** A missing content type counts as JSON: the body is parsed anyway. */
function isJson(contentType: string): boolean {
  return (
    contentType === '' || /^(?:application|text)\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType)
  )
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch (error) {
    throw new UpstreamFailure(502, 'the answer is not UTF-8', { cause: error })
  }
}
