import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { isObject, listAt, objectAt, toJson, type Json, type JsonObject } from './json.ts'

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
  formats: Object.fromEntries(CHECKED_FORMATS.map((format) => [format, fullFormats[format]])),
})

/** Says why a value does not satisfy a schema; `null` if it does. */
export type Judge = (value: Json) => string | null

/**
 * Compiles a schema of arguments as a client would.
 *
 * @throws {Error} with the reason if it is not a valid JSON Schema (2020-12)
 */
export function compileJudge(schema: JsonObject): Judge {
  for (const format of listFormats(schema)) {
    // JSON Schema has formats that nobody checks; Ajv wants to be told of each.
    if (!(format in ajv.formats)) ajv.addFormat(format, true)
  }
  const validate = ajv.compile(schema)
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
