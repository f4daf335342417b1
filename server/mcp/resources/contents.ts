import type { ReadResourceResult } from '@modelcontextprotocol/server'
import type { UpstreamAnswer } from '../../upstream/judge-answer.ts'
import { buildResult, type AnsweredCall } from '../build-result.ts'
import { toResult } from '../tool-answer.ts'

type Contents = ReadResourceResult['contents'][number]

const JSON_TYPE = 'application/json'

/**
 * Turns an answer into the contents of a resource: the text that the tool gives for the same record,
 * byte for byte; of a file its bytes, with its own type.
 *
 * @throws {UpstreamFailure} as `buildResult` does
 */
export function toContents(uri: string, answer: UpstreamAnswer, call: AnsweredCall): Contents {
  if (answer.kind === 'binary') {
    return { uri, mimeType: answer.mediaType, blob: answer.body.toString('base64') }
  }
  const [block] = toResult(buildResult(answer, call)).content
  if (block?.type !== 'text') throw new Error('what is no file is one text')
  const mimeType = answer.kind === 'text' ? answer.mediaType : JSON_TYPE
  return { uri, mimeType, text: block.text }
}
