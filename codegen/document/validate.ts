import type { Bundle } from './bundle.ts'
import {
  compact,
  isList,
  isObject,
  listAt,
  objectAt,
  textAt,
  toJson,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { parsePointer, valueAt } from '../json-pointer.ts'
import { mapChildren, type Kind } from './openapi-walk.ts'
import type { Findings } from '../problem.ts'

const MAX_FAULTS = 20
/** Values of the document with every reference written out, which is what swagger-parser judges. */
const MAX_EXPANDED = 200_000
/** References that lead deeper than this are not written out. */
const MAX_DEPTH = 1_000

/**
 * Holds the bundle against the OpenAPI specification's own schema.
 *
 * What it finds are warnings: the generator has already refused what it cannot work with, and vendors
 * publish documents with faults that do not matter for the allowed operations. A document that grows
 * beyond measure when its references are written out is not judged.
 */
export async function validateBundle(bundle: Bundle, findings: Findings): Promise<void> {
  const judged = mapChildren(toJudged(bundle.document), 'document', keepRefs, dropRefs)
  const text = JSON.stringify(judged)
  if (countExpanded(bundle.document) > MAX_EXPANDED) return
  try {
    const { default: parser } = await import('@apidevtools/swagger-parser')
    await parser.validate('openapi.json', { resolve: onlyInMemory(text) })
  } catch (error) {
    for (const { pointer, what } of listFaults(error).slice(0, MAX_FAULTS)) {
      findings.warning(bundle.place(parsePointer(pointer)), `not as OpenAPI has it: ${what}`)
    }
  }
}

/** swagger-parser knows 3.1; what 3.2 adds to it are new members of tags, and ways to write nothing that we send. */
function toJudged(document: JsonObject): JsonObject {
  if (!textAt(document['openapi']).startsWith('3.2')) return document
  const tags = listAt(document['tags']).map((tag) => {
    const { name, description } = objectAt(tag)
    return compact({ name, description })
  })
  return { ...document, openapi: '3.1.1', ...(tags.length === 0 ? {} : { tags }) }
}

/** How many values a document has once its references are written out; circles count once. */
function countExpanded(document: JsonObject): number {
  const sizes = new Map<string, number>()
  const sizeOf = (value: Json, depth: number): number => {
    if (depth > MAX_DEPTH) return Infinity
    const below = (child: Json) => sizeOf(child, depth + 1)
    if (isList(value)) return 1 + sum(value.map(below))
    if (!isObject(value)) return 1
    const ref = value['$ref']
    if (typeof ref !== 'string') return 1 + sum(Object.values(value).map(below))
    const known = sizes.get(ref)
    if (known !== undefined) return known
    sizes.set(ref, 1)
    const size = 1 + below(valueAt(document, parsePointer(ref.slice(1))) ?? null)
    sizes.set(ref, size)
    return size
  }
  return sizeOf(document, 0)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function keepRefs(node: Json, kind: Kind): Json {
  return isObject(node) ? mapChildren(node, kind, keepRefs, dropRefs) : node
}

/** In an example or an enum a `$ref` is data, and swagger-parser would go after it. */
function dropRefs(data: Json): Json {
  if (isList(data)) return data.map(dropRefs)
  if (!isObject(data)) return data
  const members = Object.entries(without(data, ['$ref']))
  return Object.fromEntries(members.map(([key, item]) => [key, dropRefs(item)]))
}

/** Reads the bundle for the first name, and nothing for any other: there is no file and no network behind it. */
function onlyInMemory(text: string) {
  const unread = [text]
  return {
    file: false,
    http: false,
    memory: { order: 1, canRead: true, read: () => unread.pop() ?? '{}' },
  } as const
}

type Fault = { readonly pointer: string; readonly what: string }

/** One fault per place; what only says that some alternative did not match adds nothing. */
function listFaults(error: unknown): readonly Fault[] {
  if (!(error instanceof Error)) return []
  const details = 'details' in error && Array.isArray(error.details) ? error.details : []
  const faults = details
    .map((detail) => objectAt(toJson(detail)))
    .flatMap(({ keyword, instancePath: pointer, message: what }) => {
      if (keyword === 'if' || keyword === 'oneOf' || keyword === 'anyOf') return []
      return typeof pointer === 'string' && typeof what === 'string' ? [{ pointer, what }] : []
    })
  const byPlace = new Map(faults.toReversed().map((fault) => [fault.pointer, fault]))
  if (byPlace.size > 0) return [...byPlace.values()].toReversed()
  return [{ pointer: '', what: error.message.split('\n', 1)[0] ?? '' }]
}
