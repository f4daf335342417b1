import { LRUCache } from 'lru-cache'
import type { Identity } from '../access/identity.ts'
import type { Catalogue } from './catalogue.ts'
import { toText, type HttpAnswer } from './http-answer.ts'
import type { PlainMessage } from './plain-message.ts'

/** Of all lists that are kept; one of a thousand tools has about a megabyte. */
const MAX_BYTES = 16 * 1024 * 1024

/** Answers a `tools/list`, by asking the SDK where it has not said it yet. */
export type AnswerList = (
  message: PlainMessage,
  identity: Identity,
  viaSdk: () => Promise<HttpAnswer>,
) => Promise<HttpAnswer>

/**
 * Keeps what the SDK answered to a `tools/list`, as bytes: whoever would be shown the same list is
 * given them again, with the id of their own message.
 */
export function createListAnswers(catalogue: Pick<Catalogue, 'listKey'>): AnswerList {
  const kept = new LRUCache<string, Buffer>({
    maxSize: MAX_BYTES,
    sizeCalculation: (bytes) => Math.max(1, bytes.length),
  })

  /** `null` where nobody can say now which list it is; why, is told where the list itself is asked for. */
  async function findKey(identity: Identity): Promise<string | null> {
    try {
      return await catalogue.listKey(identity)
    } catch {
      return null
    }
  }

  return async function answerList({ era, id }, identity, viaSdk) {
    const listKey = await findKey(identity)
    if (listKey === null) return viaSdk()
    const key = `${era} ${listKey}`
    const tail = Buffer.from(writeTail(id))
    const known = kept.get(key)
    if (known !== undefined) {
      const body = Buffer.concat([known, tail])
      return { status: 200, contentType: 'application/json', body, code: null }
    }
    const answer = await viaSdk()
    const body = Buffer.from(toText(answer.body))
    const result = body.subarray(0, -tail.length)
    const isResult = answer.status === 200 && answer.code === null
    if (isResult && body.subarray(result.length).equals(tail)) kept.set(key, result)
    return answer
  }
}

/** The end of an answer, behind its result: the SDK writes members in this order. */
export function writeTail(id: string | number): string {
  return `,"jsonrpc":"2.0","id":${JSON.stringify(id)}}`
}
