import { objectAt, stringsAt, type JsonObject } from '../json.ts'
import type { ToolModel } from '../model.ts'
import { didYouMean } from '../nearest.ts'
import { standAlone } from '../request/input-root.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { toList } from '../tool/texts.ts'
import type { ResearchContext, ResearchSection } from './build-research.ts'

/** Finds the tool that takes words and gives a list; `null` where there is none, which is reported. */
export function findSearchTool(
  section: ResearchSection,
  tools: readonly ToolModel[],
  context: ResearchContext,
): ToolModel | null {
  const { entry, placeOf } = section
  const { findings } = context
  const tool = findTool('search', section, tools, context)
  if (tool === null) return null
  if (tool.answer.items === null) {
    const what = `${tool.name} gives no list to search in`
    findings.problem(
      placeOf('search'),
      what,
      'name a tool that lists, or say where its "items" are',
    )
    return null
  }
  const others = requiredOf(tool).filter((key) => key !== entry.query)
  if (others.length > 0) {
    const what = `${tool.name} requires ${quote(others)}, which a search does not have`
    findings.problem(placeOf('search'), what, 'give it a value under "fixed"')
    return null
  }
  return takesWords(tool, section, context) ? tool : null
}

/** Finds the tool that reads one record; `null` where there is none, which is reported. */
export function findFetchTool(
  section: ResearchSection,
  tools: readonly ToolModel[],
  context: ResearchContext,
): ToolModel | null {
  return findTool('fetch', section, tools, context)
}

/** Finds the one argument of it that has to be given; `null` is reported. */
export function findFetchArgument(
  { placeOf }: ResearchSection,
  tool: ToolModel,
  { findings }: ResearchContext,
): string | null {
  const [argument, ...others] = requiredOf(tool)
  if (argument === undefined || others.length > 0) {
    const has = argument === undefined ? 'none' : quote([argument, ...others])
    const what = `${tool.name} must require one argument, the id of a record, and requires ${has}`
    findings.problem(placeOf('fetch'), what)
    return null
  }
  const { isFree, types } = describeArgument(tool, argument)
  if (isFree && (types.length === 0 || types.some((type) => ID_TYPES.includes(type)))) {
    return argument
  }
  const what = `${JSON.stringify(argument)} of ${tool.name} takes no id: it must be a text or a whole number`
  findings.problem(placeOf('fetch'), what)
  return null
}

const ID_TYPES = ['string', 'integer']

function findTool(
  key: 'search' | 'fetch',
  { namespace, entry, placeOf }: ResearchSection,
  tools: readonly ToolModel[],
  { allowList, findings }: ResearchContext,
): ToolModel | null {
  const name = entry[key]
  const tool = tools.find((each) => each.name === name)
  if (tool === undefined) {
    // One that was written and is wrong has been reported.
    if (allowList.toolNames.includes(name)) return null
    const own = tools.filter(({ parts }) => parts.namespace === namespace).map((each) => each.name)
    const hint = didYouMean(name, own) ?? (own.length === 0 ? null : `there is ${toList(own)}`)
    findings.problem(placeOf(key), `no tool is called ${JSON.stringify(name)}`, hint)
    return null
  }
  if (tool.parts.namespace !== namespace) {
    findings.problem(placeOf(key), `${name} is a tool of another namespace`)
    return null
  }
  if (tool.offer === 'tool') return tool
  findings.problem(placeOf(key), `${name} is no tool: it is read by its URI only`)
  return null
}

function takesWords(
  tool: ToolModel,
  { entry, placeOf }: ResearchSection,
  { findings }: ResearchContext,
): boolean {
  const { query } = entry
  const keys = tool.arguments.map(({ key }) => key)
  if (!keys.includes(query)) {
    const what = `${tool.name} has no argument ${JSON.stringify(query)}`
    const hint = didYouMean(query, keys) ?? 'say in "query" which one takes the words'
    findings.problem(placeOf('query'), what, hint)
    return false
  }
  const { isFree, types } = describeArgument(tool, query)
  if (isFree && (types.length === 0 || types.includes('string'))) return true
  const what = `${JSON.stringify(query)} of ${tool.name} takes no words: it must be a text of any kind`
  findings.problem(placeOf('query'), what)
  return false
}

function requiredOf({ inputSchema }: ToolModel): readonly string[] {
  return stringsAt(inputSchema['required'])
}

function describeArgument({ inputSchema }: ToolModel, key: string) {
  const property = objectAt(objectAt(inputSchema['properties'])[key])
  const schema: JsonObject = standAlone(property, inputSchema)
  const isListed = schema['enum'] !== undefined || schema['const'] !== undefined
  return { isFree: !isListed, types: typesOf(schema) }
}

function quote(keys: readonly string[]): string {
  return toList(keys.map((key) => JSON.stringify(key)))
}
