import type { Tool as ListedTool } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { toIntentTool } from '../../intents/contract.ts'
import type { Router, Suggestion } from '../../intents/router.ts'
import { toLine } from '../../intents/to-line.ts'
import { shorten } from '../../json.ts'
import { defineOwnTool, FOR_EVERYBODY, type OwnTool } from '../own-tool.ts'
import { textAnswer } from '../tool-answer.ts'
import { refuseToolCall } from './refuse-tool-call.ts'
import { isSearchTool, SEARCH_TOOLS } from './search-names.ts'
import type { Searched } from './search-tools.ts'

const NAME = SEARCH_TOOLS.search
/** A question; a text to search in is something else. */
const MAX_QUERY_CHARS = 1_000
const MAX_FOUND = 25
const MAX_NAMED = 20

const input = z.strictObject({
  query: z
    .string()
    .trim()
    .min(1)
    .max(MAX_QUERY_CHARS)
    .describe('What you want to know, in English: a question or a few words.'),
  namespace: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe('Only tools of this namespace: the part of their names before the dot.'),
  limit: z.int().min(1).max(MAX_FOUND).default(10).describe('How many tools, at most.'),
})

/** Makes the tool that finds tools by what they answer, among those that the caller may be shown. */
export function searchTools(options: {
  /** Loaded by the first question: most catalogues are never searched. */
  readonly openRouter: () => Promise<Router>
  readonly catalogue: () => Searched
}): OwnTool {
  const { openRouter, catalogue } = options
  return defineOwnTool({
    name: NAME,
    title: 'Find tools',
    description:
      'Finds the tools that can answer a question: their names, titles and what they do, the ' +
      'likeliest first. Most tools of this connector are in no list and are found only here. ' +
      'tools.describe shows the arguments of one of them, tools.call calls it.',
    ...{ pinned: true, input, ...FOR_EVERYBODY },
    describeCall: () => ({ tool: NAME, scopes: [] }),
    async answer({ session, args: { query, namespace, limit } }) {
      const shown = await catalogue().showFor(session.identity)
      const router = await openRouter()
      const namespaces = listNamespaces(shown)
      if (namespace !== undefined && !namespaces.includes(namespace)) {
        const found = rank(router, namespace, shown, MAX_FOUND).map(({ name }) => namespaceOf(name))
        return refuseToolCall(session, describeUnknown(namespace, [...new Set(found)], namespaces))
      }
      const within = namespace === undefined ? shown : ofNamespace(shown, namespace)
      const tools = rank(router, query, within, limit).map(({ tool }) => ({
        name: tool.name,
        title: tool.title,
        description: toLine(tool.description ?? ''),
      }))
      const answer = tools.length === 0 ? { tools, hint: describeNothing(namespaces) } : { tools }
      return textAnswer(JSON.stringify(answer))
    },
  })
}

/** A tool that was found, by its name as it is, and as the caller is shown it. */
export type Found = { readonly name: string; readonly tool: ListedTool }

/**
 * Ranks what may be shown of the catalogue.
 *
 * @param shown by the names as they are
 */
export function rank(
  router: Router,
  utterance: string,
  shown: ReadonlyMap<string, ListedTool>,
  limit: number,
): readonly Found[] {
  return router
    .rank(utterance, { limit, isShown: (candidate) => shown.has(toToolName(candidate)) })
    .flatMap((suggestion) => {
      const name = toToolName(suggestion)
      const tool = shown.get(name)
      return tool === undefined ? [] : [{ name, tool }]
    })
}

function toToolName({ kind, name }: Pick<Suggestion, 'kind' | 'name'>): string {
  return kind === 'intent' ? toIntentTool(name) : name
}

function namespaceOf(name: string): string {
  return name.split('.')[0] ?? ''
}

function listNamespaces(shown: ReadonlyMap<string, ListedTool>): readonly string[] {
  const found = [...shown.keys()].filter((name) => name.includes('.') && !isSearchTool(name))
  return [...new Set(found.map(namespaceOf))]
}

function ofNamespace(
  shown: ReadonlyMap<string, ListedTool>,
  namespace: string,
): ReadonlyMap<string, ListedTool> {
  return new Map([...shown].filter(([name]) => namespaceOf(name) === namespace))
}

/** @param near namespaces of tools that have to do with the word, the nearest first */
function describeUnknown(
  namespace: string,
  near: readonly string[],
  all: readonly string[],
): string {
  const [nearest] = near
  const what = `Unknown namespace: ${JSON.stringify(shorten(namespace, 64))}.`
  const meant = nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`
  return `${what}${meant} There are: ${listSome(all)}. Leave "namespace" out to search in all.`
}

function describeNothing(namespaces: readonly string[]): string {
  return `Nothing has to do with these words. Say it in other words, in English; there are tools for: ${listSome(namespaces)}.`
}

function listSome(names: readonly string[]): string {
  const more = names.length - MAX_NAMED
  return names.slice(0, MAX_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
