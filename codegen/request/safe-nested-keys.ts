import {
  isList,
  isObject,
  objectAt,
  stringsAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { byteLength, cutText, toOneLine } from '../tool/texts.ts'

/** What clients accept as the name of a member, at any depth. */
const KEY = /^[a-zA-Z0-9_.-]{1,64}$/
const MAX_NAMED = 12
const MAX_DESCRIPTION_BYTES = 500

/**
 * Takes members out of the objects inside of an argument where no client accepts their names, such as
 * `price<`. The object then takes any member, and its description names those that were taken out:
 * the caller can still send them, must send those that are required, and nobody drops the tool.
 * The arguments themselves have names of their own.
 */
export function withSafeKeys<Argument extends { readonly schema: JsonObject }>(
  argument: Argument,
): Argument {
  const odd = findOddKeys(argument.schema)
  return odd.length === 0 ? argument : { ...argument, schema: openSchema(argument.schema, []) }
}

/** Lists the names inside of an argument that no client accepts. */
export function findOddKeys(schema: JsonObject): readonly string[] {
  const odd: string[] = []
  openSchema(schema, odd)
  return odd
}

function openSchema(schema: JsonObject, found: string[]): JsonObject {
  const inner = openChildren(schema, found)
  const properties = objectAt(inner['properties'])
  const required = stringsAt(inner['required'])
  const odd = Object.keys(properties).filter((name) => !KEY.test(name))
  if (odd.length === 0) return inner
  found.push(...odd)
  return {
    ...without(inner, ['additionalProperties']),
    properties: without(properties, odd),
    description: describe(textAt(inner['description']), odd, { properties, required }),
  }
}

function openChildren(schema: JsonObject, found: string[]): JsonObject {
  const each = (value: Json) => (isObject(value) ? openSchema(value, found) : value)
  return mapValues(schema, (value, key) => {
    switch (key) {
      case 'properties':
      case '$defs':
        return mapValues(objectAt(value), each)
      case 'items':
      case 'additionalProperties':
        return each(value)
      case 'anyOf':
      case 'oneOf':
      case 'prefixItems':
        return isList(value) ? value.map(each) : value
      default:
        return value
    }
  })
}

function describe(
  text: string,
  odd: readonly string[],
  {
    properties,
    required,
  }: { readonly properties: JsonObject; readonly required: readonly string[] },
): string {
  const members = odd.slice(0, MAX_NAMED).map((name) => {
    const types = typesOf(objectAt(properties[name])).join(' or ')
    const facts = [types, required.includes(name) ? 'required' : ''].filter((fact) => fact !== '')
    const shown = JSON.stringify(cutText(toOneLine(name), 60))
    return facts.length === 0 ? shown : `${shown} (${facts.join(', ')})`
  })
  const more = odd.length > members.length ? ' and more' : ''
  const sentence = cutText(`It also takes ${members.join(', ')}${more}.`, MAX_DESCRIPTION_BYTES)
  const head = cutText(text, Math.max(0, MAX_DESCRIPTION_BYTES - byteLength(sentence) - 1))
  return head === '' || head === '…' ? sentence : `${head} ${sentence}`
}

function mapValues(object: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]))
}
