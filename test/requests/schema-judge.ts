import { Ajv2020 } from 'ajv/dist/2020.js'
import isSafe from 'safe-regex2'
import { isList, isObject, without, type Json, type JsonObject } from '../../codegen/json.ts'
import type { Judge } from './judge.ts'
import type { JudgedParameter } from './judged-operation.ts'

/** Members of a schema that hold data: what stands in them is no keyword. */
const DATA = ['default', 'example', 'examples', 'enum', 'const']
/** Members of a schema that name others. */
const MAPS = ['properties', 'patternProperties', '$defs', 'dependentSchemas']

const ajv = new Ajv2020({
  strict: false,
  multipleOfPrecision: 9,
  logger: false,
  validateFormats: false,
  unicodeRegExp: true,
})
const validators = new WeakMap<JsonObject, ReturnType<typeof ajv.compile>>()

/** Every value that is sent satisfies the schema that the document itself gives its parameter. */
export const schemaJudge: Judge = {
  name: "the document's schemas",
  blindnesses: [
    { reason: 'a tool that accepts more than its document', applies: ({ isWidened }) => isWidened },
  ],
  judge: (meant) => {
    for (const { parameter, value } of meant.given) {
      const validate = validatorFor(parameter)
      if (!validate(value)) {
        const reason = ajv.errorsText(validate.errors)
        return `${parameter.in} ${parameter.name} = ${JSON.stringify(value)}: ${reason}`
      }
    }
    return null
  },
}

function validatorFor(parameter: JudgedParameter): ReturnType<typeof ajv.compile> {
  const known = validators.get(parameter.schema)
  if (known !== undefined) return known
  const validate = ajv.compile(toModernSchema(schemaOf(parameter)))
  validators.set(parameter.schema, validate)
  return validate
}

/** A parameter of Swagger 2.0 is its own schema, but for members that mean something else there. */
function schemaOf({ node, schema }: JudgedParameter): JsonObject {
  return schema === node ? without(node, ['required', 'name', 'in', 'description']) : schema
}

/** Writes a schema of OpenAPI 3.0 or 2.0 in JSON Schema 2020-12. */
function toModernSchema(schema: JsonObject): JsonObject {
  const { nullable, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema
  const members = Object.entries(rest).flatMap(([key, value]): [string, Json][] => {
    if (key.startsWith('x-') || key === 'format' || key === '$id' || key === '$schema') return []
    if (key === 'enum' && isList(value) && value.length === 0) return []
    if (DATA.includes(key)) return [[key, value]]
    // A list of values says all; where a pattern beside it refuses one of them, a person wrote that in.
    if (key === 'pattern') return isPattern(value) && !('enum' in schema) ? [[key, value]] : []
    return [[key, MAPS.includes(key) ? mapMembers(value) : toModernMember(value)]]
  })
  const bounds = {
    ...(minimum !== undefined && {
      [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum,
    }),
    ...(maximum !== undefined && {
      [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum,
    }),
    ...(typeof exclusiveMinimum === 'number' && { exclusiveMinimum }),
    ...(typeof exclusiveMaximum === 'number' && { exclusiveMaximum }),
  }
  const modern = { ...Object.fromEntries(members), ...bounds }
  return nullable === true ? { anyOf: [modern, { type: 'null' }] } : modern
}

function toModernMember(value: Json): Json {
  if (isObject(value)) return toModernSchema(value)
  return isList(value) ? value.map(toModernMember) : value
}

function mapMembers(value: Json): Json {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toModernMember(item)]))
}

/** Tools ask nothing of a text by a pattern that does not compile, or that can be made to run for ages. */
function isPattern(value: Json): boolean {
  try {
    return typeof value === 'string' && new RegExp(value, 'u').source !== '' && isSafe(value)
  } catch {
    return false
  }
}
