import type { RawBody } from '../request/body.ts'
import { canonicalText, objectAt, stringsAt, textAt, type Json, type JsonObject } from '../json.ts'
import type { BodyValue, ParameterModel, ToolModel } from '../model.ts'
import type { RawParameter } from '../request/parameter-list.ts'
import type { RequestParts } from '../request/request-parts.ts'
import { toTypedSchema } from './typed-schema.ts'

/**
 * Says what an operation is sent as openapi-typescript wants it. What a tool offers has the type of
 * its argument; what none offers is the document's own where no tool asks, else `unknown`.
 *
 * @param tools those that ask the operation
 */
export function toTypedRequest(
  { parameters, body }: RequestParts,
  tools: readonly ToolModel[],
): JsonObject {
  const typed = parameters.map((raw) => ({
    name: raw.name,
    in: raw.in,
    required: raw.required,
    description: textAt(raw.node['description']),
    schema: tools.length === 0 ? raw.typed : typeOf(findArguments(raw, tools)),
  }))
  if (body === null) return { parameters: typed }
  const { mediaType, required } = body
  const content = { [mediaType]: { schema: toTypedBody(body, tools) } }
  return { parameters: typed, requestBody: { required, content } }
}

function findArguments(
  { name, in: where }: RawParameter,
  tools: readonly ToolModel[],
): readonly ParameterModel[] {
  return tools.flatMap((tool) =>
    tool.arguments.filter(({ wire }) => wire?.name === name && wire.in === where),
  )
}

function toTypedBody(
  { schema, members, required }: RawBody,
  tools: readonly ToolModel[],
): JsonObject {
  const argumentsOf = (choose: (body: NonNullable<ToolModel['body']>) => readonly BodyValue[]) =>
    tools.flatMap((tool) => {
      const values = tool.body === null ? [] : choose(tool.body)
      const keys = values.flatMap((value) => (value.from === 'argument' ? [value.key] : []))
      return tool.arguments.filter(({ key }) => keys.includes(key))
    })
  if (members === null) {
    return typeOf(argumentsOf((body) => (body.kind === 'whole' ? [body.value] : [])))
  }
  const properties = members.map(({ name }): [string, Json] => {
    const offered = argumentsOf((body) =>
      body.kind === 'members'
        ? body.members.filter((member) => member.name === name).map(({ value }) => value)
        : [],
    )
    return [name, typeOf(offered)]
  })
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: required ? stringsAt(objectAt(schema)['required']) : [],
  }
}

/** Tools that ask one operation may have been trimmed differently. */
function typeOf(offered: readonly ParameterModel[]): JsonObject {
  const [typed = {}, ...others] = offered.map(({ schema }) => toTypedSchema(schema))
  const isOne = others.every((other) => canonicalText(other) === canonicalText(typed))
  return isOne ? typed : {}
}
