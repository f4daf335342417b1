import { isDeepStrictEqual } from 'node:util'
import type { RecordedRequest } from '../support/recording-upstream.ts'
import { encodeMarks, normalizeTarget } from './wire-text.ts'

/** What a judge would have sent. */
export type ExpectedRequest = RecordedRequest & {
  /** It takes RFC 2396's word for which characters need no encoding: `!'()*` are the same to it. */
  readonly isCarelessOfMarks?: boolean
}

/** Says what of a request is not as expected; headers that are not named may be anything. */
export function findDifference(expected: ExpectedRequest, request: RecordedRequest): string | null {
  const read = expected.isCarelessOfMarks === true ? encodeMarks : (target: string) => target
  const wanted = normalizeTarget(read(expected.target))
  const target = normalizeTarget(read(request.target))
  if (request.method !== expected.method) return `${request.method}, not ${expected.method}`
  if (target !== wanted) return `sent     ${target}\n  expected ${wanted}`
  for (const [name, value] of Object.entries(expected.headers)) {
    const sent = request.headers[name]
    if (sent !== value) return `${name}: ${JSON.stringify(sent)}, not ${JSON.stringify(value)}`
  }
  if (isDeepStrictEqual(parse(request.body), parse(expected.body))) return null
  return `body ${request.body}, not ${expected.body}`
}

function parse(body: string): unknown {
  return body === '' ? undefined : JSON.parse(body)
}
