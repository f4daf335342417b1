import { readPointer } from '../../json.ts'
import type { UpstreamAnswer } from '../../upstream/judge-answer.ts'
import { buildResult } from '../build-result.ts'
import type { ReadTool } from '../call-tool.ts'
import { parseAnswer } from '../own-tools/parse-answer.ts'
import type { Session } from '../session.ts'
import { toResult } from '../tool-answer.ts'
import type { Prepared } from '../tool.ts'
import { describeRecord } from './search-source.ts'
import type { Source } from './sources.ts'

/** One record, as `fetch` gives it. */
export type FetchedRecord = {
  readonly id: string
  readonly title: string
  /** What the tool that reads it shows. */
  readonly text: string
  /** Its page for people; empty where it has none. */
  readonly url: string
  readonly metadata: Readonly<Record<string, string>>
}

/** What is read, and how much of it is shown. */
export type FetchOptions = {
  readonly source: Source
  /** The upstream's own id. */
  readonly id: string
  /** As it was asked for. */
  readonly recordId: string
  readonly session: Session
  readonly read: ReadTool
  /** The connector's name. */
  readonly connector: string
  /** Of what a result shows as text. */
  readonly maxChars: number
}

/**
 * Reads one record, as the member who asks.
 *
 * @returns `null` for an id that the tool does not take
 * @throws {UpstreamFailure} when the upstream does not give it
 * @throws {ArgumentRefused} for an id that would make it another request
 */
export async function fetchRecord(options: FetchOptions): Promise<FetchedRecord | null> {
  const { source, id, recordId, session, read, connector, maxChars } = options
  const { research, fetchEntry: entry } = source
  const prepared = prepareFetch(source, id)
  if (!prepared.ok) return null
  const answer = await read(session, entry.tool, prepared)
  const result = toResult(buildResult(answer, { connector, entry, args: prepared.args, maxChars }))
  const texts = result.content.flatMap((block) => (block.type === 'text' ? [block.text] : []))
  return {
    id: recordId,
    ...describeRecord(source, readRecord(answer, research.fetch.record), id),
    text: texts.length === 0 ? `A file. Read it with ${entry.tool.name}.` : texts.join('\n'),
    metadata: { namespace: source.namespace, tool: entry.tool.name },
  } satisfies FetchedRecord
}

/** An id is text here; a tool may take it as a number. */
function prepareFetch({ research, fetchEntry }: Source, id: string): Prepared {
  const prepare = (value: unknown) => fetchEntry.tool.prepare({ [research.fetch.argument]: value })
  const prepared = prepare(id)
  const number = Number(id)
  // What a double would round is another record's id.
  const isWhole = Number.isSafeInteger(number) && String(number) === id
  return prepared.ok || !isWhole ? prepared : prepare(number)
}

/** What is no JSON has nothing to be called by. */
function readRecord(answer: UpstreamAnswer, pointer: string): unknown {
  return answer.kind === 'json' ? readPointer(parseAnswer(answer), pointer) : null
}
