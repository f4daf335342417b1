import type { Operation } from '../mcp/tool.ts'
import { isJsonType, isPageType, isTextType, parseContentType } from './content-type.ts'
import { decodeText, toUtf8 } from './decode-text.ts'
import { UpstreamFailure } from './failure.ts'
import { parseFileName } from './file-name.ts'
import { readProblemDetails } from './problem-details.ts'
import { parseRetryAfter } from './retry-after.ts'
import type { WireAnswer, WireHead } from './transport.ts'

/** The largest answer in JSON or text that is read, in bytes. */
export const MAX_TEXT_BYTES = 4 * 1024 * 1024
/** The largest file that is read, in bytes; of a larger one only its head is. */
export const MAX_BINARY_BYTES = 1024 * 1024

/** A successful answer. */
export type UpstreamAnswer = { readonly status: number } & (
  | { readonly kind: 'empty' }
  /** JSON as the upstream wrote it, in UTF-8; whether it is JSON is seen by whoever reads it. */
  | { readonly kind: 'json'; readonly utf8: Buffer }
  | { readonly kind: 'text'; readonly mediaType: string; readonly text: string }
  | (FileFacts & { readonly kind: 'binary'; readonly body: Buffer })
  /** A file above `MAX_BINARY_BYTES`, which was not read. */
  | (FileFacts & {
      readonly kind: 'large'
      /** `null` where the upstream did not say it. */
      readonly bytes: number | null
      /** What was asked for: for whoever has access of their own. */
      readonly url: string
    })
)

type FileFacts = {
  readonly mediaType: string
  /** Harmless as the name of a file; `null` where the upstream gave none. */
  readonly fileName: string | null
}

/** How many bytes of an answer's body are worth reading, by its head. */
export function bodyLimitOf(head: WireHead): number {
  const { mediaType } = parseContentType(head.contentType)
  const isFile = mediaType !== null && !isJsonType(mediaType) && !isTextType(mediaType)
  return isFile ? MAX_BINARY_BYTES : MAX_TEXT_BYTES
}

/**
 * Tells what an answer is worth.
 *
 * @param asked.url what was asked for, without any credential
 * @param asked.now milliseconds since the epoch
 * @throws {UpstreamFailure} unless the answer is a success in what the operation accepts
 */
export function judgeAnswer(
  answer: WireAnswer,
  asked: { readonly operation: Operation; readonly url: string; readonly now: number },
): UpstreamAnswer {
  const { operation } = asked
  const { status, body } = answer
  if (status < 200 || status > 299) throw toFailure(answer, operation.id, asked.now)
  if (status === 204 || status === 205 || operation.method === 'HEAD') {
    return { kind: 'empty', status }
  }
  if (answer.contentEncoding.toLowerCase() !== 'identity') {
    throw new UpstreamFailure(502, `unasked content encoding ${answer.contentEncoding}`)
  }
  if (body?.length === 0) return { kind: 'empty', status }
  const contentType = parseContentType(answer.contentType)
  const { mediaType } = contentType
  checkAccepted(mediaType, operation.accept)
  if (mediaType !== null && !isJsonType(mediaType) && !isTextType(mediaType)) {
    const file = { status, mediaType, fileName: parseFileName(answer.contentDisposition) }
    if (body !== null) return { ...file, kind: 'binary', body }
    return { ...file, kind: 'large', bytes: answer.contentLength, url: asked.url }
  }
  if (body === null) {
    throw new UpstreamFailure(502, `the answer is larger than ${MAX_TEXT_BYTES} bytes`)
  }
  if (mediaType !== null && isJsonType(mediaType)) {
    return { kind: 'json', status, utf8: toUtf8(body, contentType) }
  }
  const text = decodeText(body, contentType)
  if (mediaType !== null) return { kind: 'text', status, mediaType, text }
  return acceptsOnlyJson(operation.accept) || isParsed(text)
    ? { kind: 'json', status, utf8: toUtf8(body, contentType) }
    : { kind: 'text', status, mediaType: 'text/plain', text }
}

function toFailure(answer: WireAnswer, operationId: string, now: number): UpstreamFailure {
  const { status, contentType, body } = answer
  const retryAfter = parseRetryAfter(answer.retryAfter, now)
  return new UpstreamFailure(status, `${operationId} was answered ${status}`, {
    isPage: /\bx?html\b/i.test(contentType),
    facts: {
      ...readProblemDetails(status, contentType, body?.toString('utf8') ?? ''),
      ...(retryAfter !== null && { retryAfter }),
    },
  })
}

/**
 * JSON is always welcome. Anything else is only where the document says that something else comes,
 * and a page only where it says so of pages: more likely it is what stands before the API.
 */
function checkAccepted(mediaType: string | null, accept: string): void {
  if (mediaType === null || isJsonType(mediaType)) return
  if (acceptsOnlyJson(accept)) {
    throw new UpstreamFailure(502, `content type ${mediaType} where JSON was expected`)
  }
  if (isPageType(mediaType) && !rangesOf(accept).includes(mediaType)) {
    throw new UpstreamFailure(502, 'a page where an answer was expected', { isPage: true })
  }
}

function acceptsOnlyJson(accept: string): boolean {
  return rangesOf(accept).every(isJsonType)
}

/** Without their parameters. */
function rangesOf(accept: string): readonly string[] {
  return accept.split(',').map((range) => (range.split(';')[0] ?? '').trim().toLowerCase())
}

function isParsed(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
