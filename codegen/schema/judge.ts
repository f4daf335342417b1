import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isObject, listAt, objectAt, toJson, type Json, type JsonObject } from '../json.ts'
import { typesOf } from './schema-dialect.ts'
import { mapSchemas } from './schema-walk.ts'

/** Formats that generated code checks as well; the others only tell the caller what is meant. */
export const CHECKED_FORMATS = [
  'date',
  'date-time',
  'email',
  'int32',
  'ipv4',
  'ipv6',
  'uri',
  'uuid',
] as const

const ajv = new Ajv2020({
  multipleOfPrecision: 9,
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  logger: false,
  // A judge is asked a few times: to make it faster takes longer than it is ever used.
  code: { optimize: false },
  formats: Object.fromEntries(CHECKED_FORMATS.map((format) => [format, fullFormats[format]])),
})

/**
 * The whole numbers that every implementation of JSON reads alike (RFC 8259, section 6): a larger one
 * may already be another when it arrives, so neither generated code nor this judge takes it.
 */
const INTEROPERABLE = { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }

/** Judges kept: many tools have the same arguments. */
const MAX_JUDGES = 500

const judges = new Map<string, Judge>()

/** Says why a value does not satisfy a schema; `null` if it does. */
export type Judge = (value: Json) => string | null

/**
 * Compiles a schema of arguments as a client would.
 *
 * @throws {Error} with the reason if it is not a valid JSON Schema (2020-12)
 */
export function compileJudge(schema: JsonObject): Judge {
  const text = JSON.stringify(schema)
  const known = judges.get(text)
  if (known !== undefined) return known
  const judge = compile(schema)
  const [oldest] = judges.keys()
  if (judges.size >= MAX_JUDGES && oldest !== undefined) judges.delete(oldest)
  judges.set(text, judge)
  return judge
}

function compile(schema: JsonObject): Judge {
  for (const format of listFormats(schema)) {
    // JSON Schema has formats that nobody checks; Ajv wants to be told of each.
    if (!(format in ajv.formats)) ajv.addFormat(format, true)
  }
  const judged = withInteroperableNumbers(schema)
  const validate = ajv.compile(judged)
  // Ajv would keep every schema it has ever seen.
  ajv.removeSchema(judged)
  return (value) => {
    if (validate(value)) return null
    const [error] = validate.errors ?? []
    if (error === undefined) return 'does not fit'
    const { allowedValues } = objectAt(toJson(error.params))
    const allowed = listAt(allowedValues).map((value) => JSON.stringify(value))
    const detail = allowed.length === 0 ? '' : `: ${allowed.join(', ')}`
    const place = error.instancePath === '' ? '' : `${error.instancePath} `
    return `${place}${error.message ?? ''}${detail}`
  }
}

function withInteroperableNumbers(schema: JsonObject): JsonObject {
  const inner = mapSchemas(schema, withInteroperableNumbers)
  const parts = Object.entries(objectAt(inner['$defs'])).map(([name, part]): [string, Json] => [
    name,
    withInteroperableNumbers(objectAt(part)),
  ])
  const whole = parts.length === 0 ? inner : { ...inner, $defs: Object.fromEntries(parts) }
  const types = typesOf(whole)
  if (!types.includes('integer') || types.includes('number')) return whole
  const { minimum: low, maximum: high } = whole
  return {
    ...whole,
    minimum: typeof low === 'number' ? Math.max(low, INTEROPERABLE.minimum) : INTEROPERABLE.minimum,
    maximum:
      typeof high === 'number' ? Math.min(high, INTEROPERABLE.maximum) : INTEROPERABLE.maximum,
  }
}

function listFormats(schema: Json): ReadonlySet<string> {
  const formats = new Set<string>()
  const visit = (value: Json): void => {
    if (isObject(value)) {
      if (typeof value['format'] === 'string') formats.add(value['format'])
      for (const item of Object.values(value)) visit(item)
    } else for (const item of listAt(value)) visit(item)
  }
  visit(schema)
  return formats
}
