import { readPointer } from '../../json.ts'
import { ArgumentRefused, UpstreamFailure } from '../../upstream/failure.ts'
import type { ReadTool } from '../call-tool.ts'
import { parseAnswer } from '../own-tools/parse-answer.ts'
import { toScalarText } from '../scalar-text.ts'
import type { Session } from '../session.ts'
import type { Prepared } from '../tool.ts'
import { fillTitle, fillUrl } from './fill-template.ts'
import { writeRecordId } from './record-id.ts'
import type { Source } from './sources.ts'

/** A record that was found. */
export type Hit = {
  /** For `fetch`. */
  readonly id: string
  readonly title: string
  /** Its page for people; empty where it has none. */
  readonly url: string
}

/** What became of a search in one namespace. */
export type Found =
  | { readonly kind: 'found'; readonly hits: readonly Hit[] }
  | { readonly kind: 'failed'; readonly failure: UpstreamFailure }
  /** Its tool does not take these words. */
  | { readonly kind: 'refused' }

/** Of one namespace: what a reader looks at. */
export const MAX_HITS = 10

/**
 * Searches one namespace, as the member who asks.
 *
 * @throws the client's reason when it has left
 */
export async function searchSource(
  { source, query }: { readonly source: Source; readonly query: string },
  session: Session,
  read: ReadTool,
): Promise<Found> {
  const { searchTool } = source
  const prepared = prepareSearch(source, query)
  if (!prepared.ok) return { kind: 'refused' }
  try {
    const answer = await read(session, searchTool, prepared)
    return { kind: 'found', hits: toHits(parseAnswer(answer), source) }
  } catch (error) {
    if (error instanceof UpstreamFailure) return { kind: 'failed', failure: error }
    if (error instanceof ArgumentRefused) return { kind: 'refused' }
    throw error
  }
}

/** Asks for no more than is shown, where the tool lets itself be asked so. */
function prepareSearch({ research, searchTool }: Source, query: string): Prepared {
  const size = searchTool.answer.paging?.size ?? null
  const args = { [research.search.query]: query }
  const few = size === null ? null : searchTool.prepare({ ...args, [size]: MAX_HITS })
  return few?.ok === true ? few : searchTool.prepare(args)
}

function toHits(answer: unknown, { research, searchTool, ...source }: Source): readonly Hit[] {
  const items = readPointer(answer, searchTool.answer.items ?? '')
  if (!Array.isArray(items)) throw new UpstreamFailure(502, 'the answer has no list of items')
  return items.slice(0, MAX_HITS).flatMap((item: unknown): readonly Hit[] => {
    const ownId = toScalarText(readPointer(item, research.id))
    const id = ownId === null ? null : writeRecordId({ namespace: source.namespace, id: ownId })
    if (ownId === null || id === null) return []
    return [{ id, ...describeRecord({ research, title: source.title }, item, ownId) }]
  })
}

/** What a record is called, and where people see it. */
export function describeRecord(
  { research, title }: Pick<Source, 'research' | 'title'>,
  record: unknown,
  id: string,
): Pick<Hit, 'title' | 'url'> {
  const own = fillTitle(research.title, record)
  return {
    title: own === '' ? `${title} ${id}` : own,
    url: (research.url === null ? null : fillUrl(research.url, record)) ?? '',
  }
}
