import { compact, isObject, objectAt, textAt, type Json, type JsonObject } from '../../json.ts'
import { toPointer, type Path } from '../../json-pointer.ts'
import { descriptionOf, toSchema, withFiles } from './schema-members.ts'

/** Says an answer in the words of OpenAPI 3.0; its schema holds for every type that is produced. */
export function upgradeResponse(
  response: JsonObject,
  produces: readonly string[],
  at: Path,
  origins: Map<string, Path>,
): JsonObject {
  const { $ref, description, schema, headers } = response
  if ($ref !== undefined) return { $ref }
  const types = produces.length === 0 ? ['application/json'] : produces
  const content = isObject(schema) ? toContent(schema, types, at, origins) : undefined
  const heads = Object.entries(objectAt(headers)).map(([name, header]): [string, Json] => [
    name,
    { ...descriptionOf(objectAt(header)), schema: toSchema(objectAt(header)) },
  ])
  return compact({
    description: textAt(description),
    headers: heads.length === 0 ? undefined : Object.fromEntries(heads),
    content,
  })
}

function toContent(
  schema: JsonObject,
  types: readonly string[],
  at: Path,
  origins: Map<string, Path>,
): JsonObject {
  const described = withFiles(schema)
  return Object.fromEntries(
    types.map((type) => {
      origins.set(toPointer([...at, 'content', type, 'schema']), [...at, 'schema'])
      return [type, { schema: described }]
    }),
  )
}
