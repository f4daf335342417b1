import { canonicalText, member, objectAt, without, type Json, type JsonObject } from '../json.ts'
import type { ParameterModel } from '../model.ts'
import { mapSchemas, referenceOf, toReference } from '../schema/schema-walk.ts'

/** Puts the schemas of arguments together; their named parts (`$defs`) move to the root. */
export function toInputSchema(
  parameters: readonly ParameterModel[],
  defaults: ReadonlyMap<string, Json>,
): JsonObject {
  const definitions = new Map<string, JsonObject>()
  const properties = parameters.map(({ key, schema }): [string, Json] => {
    const shared = share(schema, definitions)
    const fallback = defaults.get(key)
    return [key, fallback === undefined ? shared : { ...shared, default: fallback }]
  })
  const required = parameters
    .filter((parameter) => parameter.required && !defaults.has(parameter.key))
    .map(({ key }) => key)
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
    ...(definitions.size === 0 ? {} : { $defs: Object.fromEntries(definitions) }),
  }
}

/**
 * Takes a schema out of a root, so that it can be read by itself: what it refers to is put in place,
 * and the parts of the root go with it.
 */
export function standAlone(schema: JsonObject, root: JsonObject): JsonObject {
  const { $defs } = root
  if ($defs === undefined) return schema
  const name = referenceOf(schema)
  const target = name === null ? {} : objectAt(member(objectAt($defs), name))
  return { ...target, ...without(schema, ['$ref']), $defs }
}

/** Moves the parts of a schema among the others; if a name means something else there, all get a number. */
function share(schema: JsonObject, definitions: Map<string, JsonObject>): JsonObject {
  const own = Object.entries(objectAt(schema['$defs']))
  const isFree = (suffix: string) =>
    own.every(([name, part]) => {
      const other = definitions.get(`${name}${suffix}`)
      return other === undefined || canonicalText(other) === canonicalText(part)
    })
  let suffix = ''
  for (let count = 2; !isFree(suffix); count += 1) suffix = `_${count}`
  const rename = (each: JsonObject): JsonObject => {
    const name = referenceOf(each)
    const inner = mapSchemas(each, rename)
    return name === null ? inner : { ...inner, ...toReference(`${name}${suffix}`) }
  }
  for (const [name, part] of own) definitions.set(`${name}${suffix}`, rename(objectAt(part)))
  return rename(without(schema, ['$defs']))
}
