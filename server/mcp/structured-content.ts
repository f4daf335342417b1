import { isRecord } from '../json.ts'
import type { JsonObject } from './tool.ts'

/**
 * Makes `structuredContent` of an answer that fits its tool's output schema, whatever the upstream
 * sent: clients refuse a whole result for one value of another type. Such a value is left out here;
 * the text has it.
 *
 * @param answer as `parseLossless` gives it
 * @returns an object: a list in `items`, a single value in `value`
 */
export function toStructuredContent(
  answer: unknown,
  outputSchema: JsonObject,
): Readonly<Record<string, unknown>> {
  const fitted = fit(toObject(answer), outputSchema)
  return isRecord(fitted) ? fitted : {}
}

function toObject(answer: unknown): unknown {
  if (Array.isArray(answer)) return { items: answer }
  return isRecord(answer) && !JSON.isRawJSON(answer) ? answer : { value: answer }
}

/** What does not fit is `undefined`. The generator writes no other keywords than these three. */
function fit(value: unknown, schema: unknown): unknown {
  if (!isRecord(schema)) return value
  const { type, properties, items } = schema
  if (type !== undefined && ![type].flat().includes(typeOf(value))) return undefined
  if (Array.isArray(value)) {
    const isDescribed = isRecord(items) && Object.keys(items).length > 0
    return isDescribed ? value.map((item: unknown) => fit(item, items) ?? null) : value
  }
  if (!isRecord(value) || JSON.isRawJSON(value) || !isRecord(properties)) return value
  const members = Object.entries(value).map(([key, member]): [string, unknown] => [
    key,
    Object.hasOwn(properties, key) ? fit(member, properties[key]) : member,
  ])
  return Object.fromEntries(members.filter(([, member]) => member !== undefined))
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return JSON.isRawJSON(value) ? 'number' : typeof value
}
