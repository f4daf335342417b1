import fc from 'fast-check'
import {
  isList,
  isObject,
  objectAt,
  toJson,
  type Json,
  type JsonObject,
} from '../../codegen/json.ts'
import type { Tool } from '../../server/mcp/tool.ts'
import { arbitraryFor } from '../support/schema-arbitrary.ts'

/** What a text is made of: all that a URI reserves, and hardly anything that no request can hold. */
const CHARACTERS = Array.from("abcdefghijklmnop 0123456789-._~:/?#[]@!$&'()*+,;=%|\\^é日")

/** Draws arguments that a tool accepts. */
export function drawArguments(tool: Tool, count: number, seed: number): readonly JsonObject[] {
  const isAccepted = (args: JsonObject) => tool.prepare(args).ok
  const accepted = arbitraryFor(tool.inputSchema).map(objectAt).filter(isAccepted)
  return fc.sample(accepted, { numRuns: count, seed }).map((args) => {
    const readable = objectAt(toReadable(args))
    return throughJson(isAccepted(readable) ? readable : args)
  })
}

/** Callers write JSON, which has no -0 for example. */
function throughJson(args: JsonObject): JsonObject {
  const read: unknown = JSON.parse(JSON.stringify(args))
  return objectAt(toJson(read))
}

/** Writes texts in other characters: most of Unicode has the same way onto the wire. */
function toReadable(value: Json): Json {
  if (typeof value === 'string') {
    return Array.from(value, (character) => toReadableCharacter(character)).join('')
  }
  if (isList(value)) return value.map(toReadable)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toReadable(item)]))
}

function toReadableCharacter(character: string): string {
  if (/^[ -~]$/.test(character)) return character
  return CHARACTERS[(character.codePointAt(0) ?? 0) % CHARACTERS.length] ?? 'x'
}
