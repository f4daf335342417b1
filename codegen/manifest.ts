import { createHash } from 'node:crypto'
import { canonicalText, member, objectAt, stringsAt, type Json, type JsonObject } from './json.ts'
import type { ConnectorModel, ParameterModel, ToolModel } from './model.ts'
import { toReference } from './select.ts'

/** Raised when the generator writes the same connector differently. */
const GENERATOR_FORMAT = 1

/** What later runs compare with: one hash per tool, and one per part to say what changed. */
export function buildManifest({ document, tools }: ConnectorModel): JsonObject {
  return {
    format: GENERATOR_FORMAT,
    document,
    tools: Object.fromEntries(tools.map((tool) => [tool.name, describeTool(tool)])),
  }
}

function describeTool(tool: ToolModel): JsonObject {
  const parts = {
    operation: toReference(tool.operation),
    title: hash(tool.title),
    description: hash(tool.description),
    instructions: hash(tool.instructions),
    public: tool.public,
    answer: hash({ ...tool.answer }),
    fixed: hash(
      tool.sent.filter(({ from }) => from === 'allow-list').map((value) => ({ ...value })),
    ),
    arguments: Object.fromEntries(
      tool.arguments.map((parameter) => [parameter.key, describeArgument(tool, parameter)]),
    ),
  }
  return { sha256: sha256(parts), ...parts }
}

function describeArgument({ inputSchema }: ToolModel, { key, wire }: ParameterModel): JsonObject {
  const schema = member(objectAt(inputSchema['properties']), key) ?? null
  const required = stringsAt(inputSchema['required']).includes(key)
  return { required, schema: hash(schema), wire: hash({ ...wire }) }
}

function hash(value: Json): string {
  return sha256(value).slice(0, 16)
}

function sha256(value: Json): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex')
}
