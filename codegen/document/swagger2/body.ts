import { compact, isObject, objectAt, textAt, type Json, type JsonObject } from '../../json.ts'
import { descriptionOf, toSchema, withFiles } from './schema-members.ts'

const FORM_TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded']

/**
 * Makes a request body of the one `body` parameter, or of all `formData` parameters (Swagger 2.0,
 * "Parameter Object"); `undefined` where there is neither.
 */
export function toRequestBody(
  parameters: readonly JsonObject[],
  consumes: readonly string[],
): Json | undefined {
  const body = parameters.find((parameter) => parameter['in'] === 'body')
  if (body !== undefined) {
    const types = consumes.length === 0 ? ['application/json'] : consumes
    const schema = isObject(body['schema']) ? withFiles(body['schema']) : {}
    const content = Object.fromEntries(types.map((type) => [type, { schema }]))
    return compact({ ...descriptionOf(body), required: body['required'], content })
  }
  const fields = parameters.filter((parameter) => parameter['in'] === 'formData')
  if (fields.length === 0) return undefined
  const types = consumes.filter((type) => FORM_TYPES.includes(type))
  const schema = {
    type: 'object',
    properties: Object.fromEntries(
      fields.map((field) => [
        textAt(field['name']),
        { ...descriptionOf(field), ...objectAt(toSchema(field)) },
      ]),
    ),
    required: fields.flatMap(({ name, required }) => (required === true ? textAt(name) : [])),
  }
  const [fallback] = FORM_TYPES.toReversed()
  const used = types.length === 0 ? [fallback ?? ''] : types
  return { content: Object.fromEntries(used.map((type) => [type, { schema }])) }
}
