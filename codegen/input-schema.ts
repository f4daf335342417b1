import isSafePattern from 'safe-regex2'
import type { Bundle } from './bundle.ts'
import { isVersion30 } from './document.ts'
import {
  isList,
  isObject,
  listAt,
  member,
  stringsAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from './json.ts'
import { parsePointer, valueAt, type Path } from './json-pointer.ts'
import type { Findings } from './problem.ts'
import { isOfType, modernise, TYPES, typesOf } from './schema-dialect.ts'
import { ANNOTATIONS, mergeSchemas, NEVER, SchemaConflict } from './schema-merge.ts'
import { cutText, toOneLine, toPlainText } from './texts.ts'

const MAX_NESTED_DESCRIPTION_BYTES = 500

/** Keywords that are copied as they are, where their value has the right shape. */
const PLAIN_KEYWORDS: ReadonlyMap<string, (value: Json) => boolean> = new Map([
  ['const', isScalar],
  ['default', () => true],
  ['deprecated', (value) => value === true],
  ['examples', isList],
  ['exclusiveMaximum', isNumber],
  ['exclusiveMinimum', isNumber],
  ['format', isText],
  ['maxItems', isCount],
  ['maxLength', isCount],
  ['maxProperties', isCount],
  ['maximum', isNumber],
  ['minItems', isCount],
  ['minLength', isCount],
  ['minProperties', isCount],
  ['minimum', isNumber],
  ['multipleOf', (value) => isNumber(value) && Number(value) > 0],
  ['uniqueItems', (value) => value === true],
])

/** Keywords that restrict values in a way that neither clients nor zod can be told. */
const UNTOLD_KEYWORDS = [
  'not',
  'if',
  'dependentRequired',
  'dependentSchemas',
  'dependencies',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
] as const

/** Where a schema stands and how deep the reader is in it. */
type Reading = {
  readonly bundle: Bundle
  readonly findings: Findings
  /** The references that led here; one that comes again is a circle. */
  readonly trail: readonly string[]
  /** Schemas read so far for this argument: what is referred to is read again at each place. */
  readonly size: { count: number }
}

/** An argument with more schemas than this is refused; no client would take it. */
const MAX_SCHEMAS = 5_000
/** A longer chain of references is refused. */
const MAX_TRAIL = 100

/**
 * Reads a schema of the document as the JSON Schema (2020-12) of an argument: nothing referred
 * to, nothing merged later, no vendor keyword. What cannot be said is reported.
 */
export function readArgumentSchema(bundle: Bundle, path: Path, findings: Findings): JsonObject {
  return readSchema(valueAt(bundle.document, path) ?? true, path, {
    bundle,
    findings,
    trail: [],
    size: { count: 0 },
  })
}

function readSchema(value: Json, path: Path, reading: Reading): JsonObject {
  const { bundle, findings, size, trail } = reading
  size.count += 1
  if (size.count === MAX_SCHEMAS || trail.length === MAX_TRAIL) {
    const what = "an argument's schema is too large to be read"
    findings.problem(bundle.place(path), what, 'leave the parameter out with "omit"')
  }
  if (size.count >= MAX_SCHEMAS || trail.length >= MAX_TRAIL) return {}
  if (value === true) return {}
  if (value === false) return NEVER
  if (!isObject(value)) {
    findings.problem(bundle.place(path), 'is not a schema')
    return {}
  }
  const schema = modernise(value)
  try {
    const ref = schema['$ref']
    if (typeof ref === 'string') return readReference(ref, schema, path, reading)
    const members = listAt(schema['allOf']).map((item, index) =>
      readSchema(item, [...path, 'allOf', String(index)], reading),
    )
    return finish(members.reduce(mergeSchemas, readOwn(schema, path, reading)))
  } catch (error) {
    if (!(error instanceof SchemaConflict)) throw error
    findings.problem(bundle.place(path), `"allOf" cannot be satisfied: ${error.message}`)
    return {}
  }
}

function readReference(
  ref: string,
  schema: JsonObject,
  path: Path,
  { bundle, findings, trail, size }: Reading,
): JsonObject {
  if (trail.includes(ref)) {
    const what = `an argument's schema refers to itself: ${[...trail, ref].join(' → ')}`
    findings.problem(bundle.place(path), what, 'leave the parameter out with "omit"')
    return {}
  }
  const target = parsePointer(ref.slice(1))
  const reading = { bundle, findings, size, trail: [...trail, ref] }
  const base = readSchema(valueAt(bundle.document, target) ?? true, target, reading)
  const beside = readOwn(without(schema, ['$ref']), path, { bundle, findings, trail, size })
  // OpenAPI 3.0, section 4.7.23: beside a reference nothing counts, but many describe there.
  const counting = isVersion30(bundle.document)
    ? Object.fromEntries(Object.entries(beside).filter(([key]) => isAnnotation(key)))
    : beside
  return finish(mergeSchemas(counting, base))
}

/** Everything a schema says itself, without what its `allOf` adds. */
function readOwn(schema: JsonObject, path: Path, reading: Reading): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, Json][] => {
    const read = readKeyword(key, value, path, reading)
    return read === undefined ? [] : [[key, read]]
  })
  const named = isList(schema['type']) ? schema['type'] : [schema['type']]
  const unknown = named.find((type) => type !== undefined && !TYPES.some((known) => known === type))
  if (unknown !== undefined) {
    reading.findings.warning(
      reading.bundle.place([...path, 'type']),
      `${JSON.stringify(unknown)} is not a type of JSON Schema; any value is taken`,
    )
  }
  return Object.fromEntries(entries)
}

function readKeyword(key: string, value: Json, path: Path, reading: Reading): Json | undefined {
  const here = [...path, key]
  const place = () => reading.bundle.place(here)
  const isGood = PLAIN_KEYWORDS.get(key)
  if (isGood !== undefined) return isGood(value) ? value : undefined
  switch (key) {
    case 'type':
      return value
    case 'title':
      return typeof value === 'string' ? toOneLine(value) : undefined
    case 'description':
      return typeof value === 'string' ? toDescription(value) : undefined
    case 'enum':
      return readEnum(value, here, reading)
    case 'pattern':
      return readPattern(value, here, reading)
    case 'required':
      return isList(value) ? [...new Set(stringsAt(value))] : undefined
    case 'items':
      if (!isList(value)) return readSchema(value, here, reading)
      reading.findings.problem(place(), 'tuples are not supported in arguments')
      return undefined
    case 'prefixItems':
    case 'patternProperties':
      reading.findings.problem(place(), `"${key}" is not supported in arguments`)
      return undefined
    case 'properties':
      if (!isObject(value)) return undefined
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          readSchema(item, [...here, name], reading),
        ]),
      )
    case 'additionalProperties':
      return typeof value === 'boolean' ? value : readSchema(value, here, reading)
    case 'anyOf':
    case 'oneOf':
      return listAt(value).length === 0
        ? undefined
        : listAt(value).map((item, index) => readSchema(item, [...here, String(index)], reading))
    default:
      if (UNTOLD_KEYWORDS.some((untold) => untold === key)) {
        reading.findings.warning(place(), `"${key}" is left out: the upstream alone judges by it`)
      }
      return undefined
  }
}

function readEnum(value: Json, path: Path, { bundle, findings }: Reading): Json | undefined {
  if (isList(value) && value.length > 0 && value.every(isScalar)) return [...new Set(value)]
  findings.warning(bundle.place(path), '"enum" is left out: it is no list of single values')
  return undefined
}

function readPattern(value: Json, path: Path, { bundle, findings }: Reading): Json | undefined {
  try {
    const pattern = new RegExp(textAt(value), 'u')
    if (isSafePattern(pattern)) return textAt(value)
    const what = `the pattern ${JSON.stringify(value)} is left out: some texts would take it for ever`
    findings.warning(bundle.place(path), what)
    return undefined
  } catch {
    const what = `the pattern ${JSON.stringify(value)} is left out: it is no Unicode regular expression`
    findings.warning(bundle.place(path), what)
    return undefined
  }
}

/** An enum lists only what the type allows, so that it can stand for both. */
function finish(schema: JsonObject): JsonObject {
  const values = member(schema, 'enum')
  if (!isList(values)) return schema
  const allowed = values.filter((value) => isOfType(value, typesOf(schema)))
  return allowed.length === 0 ? NEVER : { ...schema, enum: allowed }
}

function toDescription(text: string): string | undefined {
  const plain = cutText(toPlainText(text), MAX_NESTED_DESCRIPTION_BYTES)
  return plain === '' ? undefined : plain
}

function isAnnotation(key: string): boolean {
  return ANNOTATIONS.some((annotation) => annotation === key)
}

function isScalar(value: Json): boolean {
  return !isObject(value) && !isList(value)
}

function isNumber(value: Json): boolean {
  return typeof value === 'number'
}

function isCount(value: Json): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}

function isText(value: Json): boolean {
  return typeof value === 'string'
}
