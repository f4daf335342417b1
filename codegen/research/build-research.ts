import type { AllowList } from '../allow-list/allow-list.ts'
import type { ResearchEntry } from '../allow-list/allow-list-schema.ts'
import type { Selection } from '../allow-list/select.ts'
import { findAnswer, followPointer, itemsOf, type Shape } from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import { byCodeUnit } from '../json.ts'
import { parsePointer } from '../json-pointer.ts'
import type { ResearchModel, ToolModel } from '../model.ts'
import { didYouMean } from '../nearest.ts'
import type { Findings } from '../problem.ts'
import { checkTemplates } from './check-templates.ts'
import { findFetchArgument, findFetchTool, findSearchTool } from './find-tools.ts'

/** What `research:` is checked against, and where what is wrong is reported. */
export type ResearchContext = {
  readonly bundle: Bundle
  readonly selection: Selection
  readonly allowList: AllowList
  readonly findings: Findings
}

/** What the allow-list says of one namespace. */
export type ResearchSection = {
  readonly namespace: string
  readonly entry: ResearchEntry
  /** Where a key of it stands. */
  readonly placeOf: (key: keyof ResearchEntry) => ReturnType<AllowList['place']>
}

/** Resolves where `search` and `fetch` look, in name order; what is wrong is reported, and not there. */
export function buildResearch(
  tools: readonly ToolModel[],
  context: ResearchContext,
): readonly ResearchModel[] {
  const { allowList } = context
  return [...allowList.research]
    .sort(([left], [right]) => byCodeUnit(left, right))
    .flatMap(([namespace, entry]) => {
      const path = ['namespaces', namespace, 'research']
      const placeOf: ResearchSection['placeOf'] = (key) => allowList.place([...path, key])
      const source = buildSource({ namespace, entry, placeOf }, tools, context)
      return source === null ? [] : [source]
    })
}

function buildSource(
  section: ResearchSection,
  tools: readonly ToolModel[],
  context: ResearchContext,
): ResearchModel | null {
  const { namespace, entry } = section
  const search = findSearchTool(section, tools, context)
  const fetch = findFetchTool(section, tools, context)
  const argument = fetch === null ? null : findFetchArgument(section, fetch, context)
  const item = search === null ? null : findItem(search, context)
  checkId(section, item, context)
  const answer = fetch === null ? null : findShape(fetch, context)
  const record = checkTemplates(section, { item, answer }, context)
  if (search === null || fetch === null || argument === null) return null
  return {
    namespace,
    search: { tool: search.name, query: entry.query },
    fetch: { tool: fetch.name, argument, record },
    id: entry.id,
    title: entry.title,
    url: entry.url ?? null,
  }
}

function findItem(tool: ToolModel, context: ResearchContext): Shape | null {
  const { bundle } = context
  const answer = findShape(tool, context)
  if (answer === null || tool.answer.items === null) return null
  const list = followPointer(bundle, answer, tool.answer.items)
  const item = list.found === 'shape' ? itemsOf(bundle, list.shape) : []
  return item.length === 0 ? null : item
}

function findShape({ name }: ToolModel, { bundle, selection }: ResearchContext): Shape | null {
  const selected = selection.tools.find((tool) => tool.name === name)
  return selected === undefined ? null : findAnswer(bundle, selected.operation)
}

function checkId(
  { entry, placeOf }: ResearchSection,
  item: Shape | null,
  { bundle, findings }: ResearchContext,
): void {
  if (item === null) return
  const step = followPointer(bundle, item, entry.id)
  if (step.found !== 'nothing') return
  const what = `an item of ${entry.search} has nothing at ${JSON.stringify(entry.id)}`
  const near = didYouMean(parsePointer(entry.id).at(-1) ?? '', step.known)
  findings.problem(placeOf('id'), what, near ?? 'say in "id" where an item has what "fetch" takes')
}
