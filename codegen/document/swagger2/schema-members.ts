import { textAt, withoutExtensions, type Json, type JsonObject } from '../../json.ts'

/** Members of a 2.0 parameter, header or item that are its schema (Swagger 2.0, "Parameter Object"). */
const SCHEMA_MEMBERS = [
  'default',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'nullable',
  'pattern',
  'type',
  'uniqueItems',
]

/** Takes the schema out of a parameter or header, in the words of OpenAPI 3.0. */
export function toSchema(holder: JsonObject): JsonObject {
  const members = Object.entries(holder).filter(([key]) => SCHEMA_MEMBERS.includes(key))
  return withFiles(
    Object.fromEntries(members.map(([key, value]) => [key, withoutExtensions(value)])),
  )
}

/** `type: file` is a text of bytes in OpenAPI 3.0; only a parameter or an answer can be one. */
export function withFiles(schema: JsonObject): JsonObject {
  return schema['type'] === 'file' ? { ...schema, type: 'string', format: 'binary' } : schema
}

/** What describes a parameter or header beside its schema. */
export function descriptionOf({ description }: JsonObject): { readonly description?: Json } {
  return textAt(description) === '' ? {} : { description: textAt(description) }
}
