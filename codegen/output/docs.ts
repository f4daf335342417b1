import { describeLimits } from './describe-limits.ts'
import { buildExampleArguments } from './example-call.ts'
import { standAlone } from '../request/input-root.ts'
import { isList, listAt, member, objectAt, stringsAt, type Json, type JsonObject } from '../json.ts'
import { toIntentTool, type Intent } from '../../server/intents/contract.ts'
import { isSearched } from '../../server/mcp/own-tools/is-searched.ts'
import type { ConnectorModel, ParameterModel, ResourcesModel, ToolModel } from '../model.ts'
import { toReference } from '../allow-list/select.ts'
import { encodeSegment } from '../resources/uri-template.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import {
  DOCS_FORMAT,
  type Docs,
  type DocsArgument,
  type DocsChange,
  type DocsIntent,
  type DocsResources,
  type DocsTool,
} from '../../site/docs.ts'
import type { HistoryEntry } from '../sync/change-history.ts'
import type { Synced } from '../sync/synced.ts'

/** Lists of lists are described so deep: a schema may be a list of itself. */
const MAX_DEPTH = 4

/** All that the pages about a connector show, so that they need not read code. */
export function buildDocs(connector: ConnectorModel, { syncedAt, history }: Synced): Docs {
  const { name, title, instructions, document, namespaces, tools, ...rest } = connector
  const { prompts, intents, research, resources } = rest
  const offered = tools.filter(({ offer }) => offer === 'tool')
  return {
    format: DOCS_FORMAT,
    searched: isSearched(connector.catalogue),
    connector: { name, title, instructions },
    document: { ...document, syncedAt },
    changes: history.map(describeChange).reverse(),
    namespaces: namespaces.map((namespace) => ({
      ...namespace,
      scope: toScope(namespace.name),
      tools: offered.filter(({ parts }) => parts.namespace === namespace.name).map(describeTool),
    })),
    prompts,
    intents: intents.map(describeIntent),
    research: namespaces
      .filter((each) => research.some(({ namespace }) => namespace === each.name))
      .map((each) => each.title),
    resources: resources === null ? null : describeResources(tools, resources),
  }
}

/** What a sync changed for those who use the tools; the texts themselves are left to the history. */
function describeChange({ at, version, changes }: HistoryEntry): DocsChange {
  const told = changes.map(({ tool, class: kind, what }) => ({ tool, class: kind, what }))
  return { at, version, changes: told }
}

function describeResources(
  tools: readonly ToolModel[],
  { allowPrefixes, indexes }: ResourcesModel,
): DocsResources {
  return {
    allowPrefixes,
    indexes,
    records: tools.flatMap(({ uri, ...tool }) => {
      if (uri === null) return []
      const { name, title, description, operation, parts, offer } = tool
      return [
        {
          ...{ uri, title, description, operation: toReference(operation) },
          scope: toScope(parts.namespace),
          tool: offer === 'tool' ? name : null,
          example: fillUri(uri, tool),
        },
      ]
    }),
  }
}

/** The URI with the example arguments of its tool. */
function fillUri(uri: string, tool: Omit<ToolModel, 'uri'>): string {
  const values = buildExampleArguments(tool)
  return uri.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? ''
    return encodeSegment(typeof value === 'string' ? value : JSON.stringify(value))
  })
}

/** The permission that a namespace's tools ask for. */
function toScope(namespace: string): string {
  return `${namespace}:read`
}

function describeTool(tool: ToolModel): DocsTool {
  return {
    name: tool.name,
    title: tool.title,
    description: tool.description,
    instructions: tool.instructions,
    operation: toReference(tool.operation),
    scope: toScope(tool.parts.namespace),
    public: tool.public,
    readOnly: tool.readOnly,
    arguments: tool.arguments.map((parameter) => describeArgument(tool, parameter)),
    items: tool.answer.items,
    columns: tool.answer.columns,
    paging: tool.answer.paging,
    filters: tool.answer.filters,
    example: {
      name: tool.name,
      arguments: buildExampleArguments(tool),
      answer: tool.exampleAnswer,
    },
  }
}

function describeIntent({ name, title, description, utterances, ...intent }: Intent): DocsIntent {
  return {
    ...{ name, title, description, utterances },
    arguments: Object.entries(intent.arguments).map(([argument, facts]) => ({
      name: argument,
      description: facts.description,
      required: facts.default === undefined && !facts.optional,
      values: facts.enum ?? (facts.type === 'boolean' ? ['true', 'false'] : null),
    })),
    tool: intent.tool ? toIntentTool(name) : null,
  }
}

function describeArgument({ inputSchema }: ToolModel, { key, name }: ParameterModel): DocsArgument {
  const property = objectAt(member(objectAt(inputSchema['properties']), key))
  const schema = standAlone(property, inputSchema)
  return {
    name: key,
    parameter: name,
    type: describeType(schema),
    required: stringsAt(inputSchema['required']).includes(key),
    default: schema['default'] ?? null,
    description: typeof schema['description'] === 'string' ? schema['description'] : null,
    values: listValues(schema),
    limits: describeLimits(schema),
    deprecated: schema['deprecated'] === true,
  }
}

function describeType(schema: JsonObject, depth = 0): string {
  if (depth > MAX_DEPTH) return 'any'
  const inside = (child: Json | undefined) =>
    describeType(standAlone(objectAt(child), schema), depth + 1)
  const branches = [...listAt(schema['anyOf']), ...listAt(schema['oneOf'])]
  if (branches.length > 0) return [...new Set(branches.map(inside))].join(' or ')
  const types = typesOf(schema)
  if (types.length === 0) return 'any'
  const format = schema['format']
  return types
    .map((type) => {
      if (type === 'array') return `list of ${inside(schema['items'])}`
      return type === 'string' && typeof format === 'string' ? `${type} (${format})` : type
    })
    .join(' or ')
}

/** The allowed values of an argument, or of the items of a list. */
function listValues(schema: JsonObject): readonly Json[] | null {
  if (isList(schema['enum'])) return schema['enum']
  const items = objectAt(schema['items'])
  return isList(items['enum']) ? items['enum'] : null
}
