import { isDeepStrictEqual } from 'node:util'
import { isRecord } from '../../server/json.ts'
import { describeReply } from '../load/closed-loop.ts'
import { openConnection } from '../load/connection.ts'
import type { Case } from './cases.ts'
import { pickColumns } from './pick-columns.ts'
import { note, writeCall, type Subject } from './subject.ts'

/**
 * Calls once and compares what the result says with what the upstream sends, or with its columns where
 * the subject projects.
 *
 * @returns how many bytes a right answer has
 * @throws {Error} where the answer is another
 */
export async function checkAnswer(
  subject: Subject,
  each: Case,
  upstreamUrl: string,
): Promise<number> {
  const response = await fetch(`${upstreamUrl}${each.path}`)
  const sent: unknown = await response.json()
  const expected = subject.projects && each.isProjected ? pickColumns(sent, each.tool) : sent
  const connection = await openConnection(subject.program.port)
  const reply = await connection.exchange(writeCall(subject, each))
  note(subject, each.tool, 1)
  connection.close()
  const shown = reply.status === 200 ? readShown(reply.body.toString()) : null
  if (!isDeepStrictEqual(shown, expected)) {
    throw new Error(`${subject.name} answers "${each.name}" otherwise: ${describeReply(reply)}`)
  }
  return reply.body.length
}

/** Peers answer with an event, or put a line before the upstream's text. */
function readShown(body: string): unknown {
  const answer: unknown = JSON.parse(body.slice(body.indexOf('{')))
  const result = isRecord(answer) ? answer['result'] : null
  const content: unknown = isRecord(result) ? result['content'] : null
  const first: unknown = Array.isArray(content) ? content[0] : null
  const text = isRecord(first) ? first['text'] : null
  return typeof text === 'string' ? JSON.parse(text.slice(text.indexOf('{')), withoutUri) : null
}

/** What the connector adds to items is work of its own, and nothing that the upstream sends. */
function withoutUri(key: string, value: unknown): unknown {
  return key === '_uri' ? undefined : value
}
