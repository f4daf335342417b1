import { z } from 'zod'
import { isRecord } from '../../json.ts'
import { scopeOf } from '../../scopes.ts'
import type { Switchboard } from '../../switches/switchboard.ts'
import { ArgumentRefused, UpstreamFailure } from '../../upstream/failure.ts'
import { defineOwnTool, type OwnTool } from '../own-tool.ts'
import { fetchRecord } from '../research/fetch-record.ts'
import { parseRecordId } from '../research/record-id.ts'
import { MAX_RESULTS, searchAll } from '../research/search-all.ts'
import { createSources, type Source } from '../research/sources.ts'
import type { Session } from '../session.ts'
import { textAnswer, type ToolAnswer } from '../tool-answer.ts'
import type { Connector } from '../tool.ts'
import { readOnRecord } from './read-on-record.ts'
import { refuseToolCall } from './refuse-tool-call.ts'

const SEARCH = 'search'
const FETCH = 'fetch'
const MAX_QUERY_CHARS = 500
const MAX_ID_CHARS = 2_000

/**
 * Makes the two tools that ChatGPT's deep research and company knowledge look for, by the names and
 * shapes that OpenAI's "Building MCP servers for ChatGPT" asks for.
 *
 * @param options.timeoutMs of one call of a tool; a search has half of it, so that what answers in
 *   time is shown although something else does not
 * @param options.maxChars of what a result shows as text
 * @returns none where the allow-list says nothing of research
 */
export function researchTools(options: {
  readonly connector: Connector
  readonly switchboard: Pick<Switchboard, 'isOff'>
  readonly timeoutMs: number
  readonly maxChars: number
}): readonly OwnTool[] {
  const { connector, switchboard, timeoutMs, maxChars } = options
  const sources = createSources(connector, switchboard)
  if (sources.all.length === 0) return []
  const titles = toList(sources.all)
  const common = {
    pinned: true,
    isShownTo: (identity) => sources.openTo(identity).length > 0,
    isOff: (id) => sources.all.every(({ namespace }) => sources.find(namespace, id) === null),
  } satisfies Partial<OwnTool>

  const search = defineOwnTool({
    ...common,
    name: SEARCH,
    title: `Search ${connector.title}`,
    description: [
      `Searches ${connector.title} for records: ${titles}. Gives at most ${MAX_RESULTS}, each with`,
      'its title, its page, and an id that fetch takes. Search for what stands in a record, such as a',
      'name, a number or a word of a title. To filter by date or state, to sort or to add up, use the',
      'list tools instead.',
    ].join(' '),
    describeCall: () => ({ tool: SEARCH, scopes: [] }),
    input: z.strictObject({
      query: z.string().trim().min(1).max(MAX_QUERY_CHARS).describe('The words to search for.'),
    }),
    output: z.strictObject({
      results: z.array(z.strictObject({ id: z.string(), title: z.string(), url: z.string() })),
      incomplete: z
        .array(z.strictObject({ namespace: z.string(), reason: z.string() }))
        .optional()
        .describe('What could not be searched. More may be there.'),
      note: z.string().optional(),
    }),
    async answer({ session, args: { query }, tools }) {
      const open = sources.openTo(session.identity)
      if (open.length === 0) {
        return refuseToolCall(session, describeClosed(sources.all), 'insufficient_scope')
      }
      const read = readOnRecord(tools.read)
      const found = await noteFailure(
        session,
        searchAll({ query, sources: open, session, read, timeoutMs: timeoutMs / 2 }),
      )
      if (found === null) return refuseToolCall(session, REFUSED_WORDS)
      const { results, incomplete, isByWords } = found
      return toSearchAnswer({
        results,
        ...(incomplete.length > 0 && { incomplete }),
        ...(isByWords && { note: BY_WORDS }),
      })
    },
  })

  const fetch = defineOwnTool({
    ...common,
    name: FETCH,
    title: `Read a record of ${connector.title}`,
    description: [
      `Reads one record of ${connector.title} by an id that search gave. Its text is the whole record`,
      'as JSON. Ids come from search and cannot be guessed.',
    ].join(' '),
    describeCall: (args, organizationId) => {
      const source = findAsked(args, organizationId)?.source
      return { tool: FETCH, scopes: source ? [scopeOf(source.fetchEntry.tool.name)] : [] }
    },
    input: z.strictObject({
      id: z.string().min(1).max(MAX_ID_CHARS).describe('The id of a record, as search gives it.'),
    }),
    async answer({ session, args, tools }) {
      const asked = findAsked(args, session.identity.organization.id)
      if (asked === null) return refuseToolCall(session, UNKNOWN_ID)
      const read = readOnRecord(tools.read)
      const { name } = connector
      const wanted = { ...asked, recordId: args.id, session, read, connector: name, maxChars }
      try {
        const record = await noteFailure(session, fetchRecord(wanted))
        return record === null
          ? refuseToolCall(session, UNKNOWN_ID)
          : textAnswer(JSON.stringify(record))
      } catch (error) {
        if (error instanceof ArgumentRefused) return refuseToolCall(session, UNKNOWN_ID)
        throw error
      }
    },
  })

  /** What an id leads to; `null` for one that no search of this organization gives. */
  function findAsked(args: unknown, organizationId: string) {
    const text = isRecord(args) ? args['id'] : undefined
    const record = typeof text === 'string' ? parseRecordId(text) : null
    const source = record === null ? null : sources.find(record.namespace, organizationId)
    return record === null || source === null ? null : { source, id: record.id }
  }

  return [search, fetch]
}

const UNKNOWN_ID = 'Invalid arguments for fetch:\n- "id": is no id that search gives; search first'
const BY_WORDS = 'Nothing has all of these words as they stand; these records have some of them.'
const REFUSED_WORDS =
  'Invalid arguments for search:\n- "query": nothing can be searched for these words; use other or fewer ones'

/** What a connection may not read is not said to be empty. */
function describeClosed(all: readonly Source[]): string {
  return `This connection may read none of what can be searched: ${toList(all)}.`
}

function toList(sources: readonly Source[]): string {
  return sources.map(({ title }) => title.toLowerCase()).join(', ')
}

/**
 * One block of text, as OpenAI asks for, and the same as structured content, as it shows it. A record
 * has only the text: it may be long, and clients count both.
 */
function toSearchAnswer(found: Readonly<Record<string, unknown>>): ToolAnswer {
  const content = [{ type: 'text' as const, text: JSON.stringify(found) }]
  return { kind: 'result', result: { content, structuredContent: found } }
}

/** A call that an upstream failure ends is on record as one; the read itself has its own record. */
async function noteFailure<Value>({ trail }: Session, work: Promise<Value>): Promise<Value> {
  try {
    return await work
  } catch (error) {
    if (error instanceof UpstreamFailure) trail.upstreamStatus = error.status
    throw error
  }
}
