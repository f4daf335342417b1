import type { Bundle } from '../document/bundle.ts'
import { followBundled } from '../document/follow-bundled.ts'
import { readArgumentSchema } from '../schema/input-schema.ts'
import {
  isList,
  listAt,
  member,
  objectAt,
  textAt,
  without,
  type Json,
  type JsonObject,
} from '../json.ts'
import { compileJudge, type Judge } from '../schema/judge.ts'
import { valueAt } from '../json-pointer.ts'
import { describeName } from './argument-text.ts'
import type { ParameterModel } from '../model.ts'
import { assignKeys } from '../tool/names.ts'
import { allowsEmpty, type RawParameter } from './parameter-list.ts'
import type { Findings } from '../problem.ts'
import type { RequestParts } from './request-parts.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { ANNOTATIONS } from '../schema/schema-merge.ts'
import { toPlainText } from '../tool/plain-text.ts'
import { toWireParameter } from './wire-parameter.ts'

/** The argument that a body in one piece is given by. */
const WHOLE_BODY = 'body'

/** Reads the schemas of all that can be sent, and gives each the key it is called by. */
export function buildParameters(
  bundle: Bundle,
  { parameters, body }: RequestParts,
  findings: Findings,
): readonly ParameterModel[] {
  const parts = body === null ? [] : (body.members ?? [{ ...body, name: WHOLE_BODY }])
  const keys = assignKeys([...parameters, ...parts.map(({ name }) => ({ name, in: 'body' }))])
  const ofBody = parts.map(({ name, required, schema: read }, index) => {
    const key = keys[parameters.length + index] ?? name
    const schema = readBodySchema(read, key, name)
    return { key, name, required, schema, wire: null }
  })
  const ofParameters = parameters.map((raw, index) => {
    const key = keys[index] ?? raw.name
    return {
      key,
      name: raw.name,
      required: raw.required,
      schema: readParameterSchema(bundle, raw, key, findings),
      wire: toWireParameter(bundle, raw, findings),
    }
  })
  return [...ofParameters, ...ofBody]
}

function readBodySchema(read: JsonObject, key: string, name: string): JsonObject {
  const description = describeName({ key, name, in: 'body' }, textAt(read['description']))
  return description === '' ? read : { ...read, description }
}

function readParameterSchema(
  bundle: Bundle,
  raw: RawParameter,
  key: string,
  findings: Findings,
): JsonObject {
  const { node, path, schemaPath } = raw
  const read =
    schemaPath === null ? { type: 'string' } : readArgumentSchema(bundle, schemaPath, findings)
  const examples = listExamples(bundle, raw)
  const description = describe(raw, key, read)
  const schema = {
    ...read,
    ...(description === '' ? {} : { description }),
    ...(examples.length === 0 ? {} : { examples }),
    ...(node['deprecated'] === true ? { deprecated: true } : {}),
    ...(raw.in === 'path' ? buildPathLimits(read) : {}),
  }
  const fitting = withFittingValues(schema, (what) => findings.warning(bundle.place(path), what))
  return allowsEmpty(node) ? withEmptyText(fitting) : fitting
}

/** The parameter's own description before its schema's, and its own name where the key is another. */
function describe(
  { node, name, in: where }: RawParameter,
  key: string,
  schema: JsonObject,
): string {
  const own = toPlainText(textAt(node['description']))
  const text = own === '' ? textAt(schema['description']) : own
  return describeName({ key, name, in: where }, text)
}

/** `allowEmptyValue`: an empty text, where the schema would refuse it, is a value of its own. */
function withEmptyText(schema: JsonObject): JsonObject {
  const judge = tryJudge(schema)
  if (judge === null || judge('') === null) return schema
  const annotations = Object.entries(schema).filter(([key]) => isAnnotation(key))
  return {
    anyOf: [without(schema, ANNOTATIONS), { type: 'string', enum: [''] }],
    ...Object.fromEntries(annotations),
  }
}

function isAnnotation(key: string): boolean {
  return ANNOTATIONS.some((annotation) => annotation === key)
}

/** A default or an example that the schema itself refuses would teach callers mistakes. */
function withFittingValues(schema: JsonObject, warn: (what: string) => void): JsonObject {
  const { default: fallback, examples } = schema
  if (fallback === undefined && examples === undefined) return schema
  const judge = tryJudge(without(schema, ['default', 'examples']))
  if (judge === null) return schema // reported with its tool
  const fitting = listAt(examples).filter((value) => judge(value) === null)
  const reason = fallback === undefined ? null : judge(fallback)
  if (reason !== null) warn(`the default ${JSON.stringify(fallback)} is left out: it ${reason}`)
  return {
    ...without(schema, reason === null ? ['examples'] : ['examples', 'default']),
    ...(fitting.length === 0 ? {} : { examples: fitting }),
  }
}

function tryJudge(schema: JsonObject): Judge | null {
  try {
    return compileJudge(schema)
  } catch {
    return null
  }
}

/** An empty path segment would name another resource. */
function buildPathLimits(schema: JsonObject): JsonObject {
  if ('enum' in schema || 'const' in schema) return {}
  const types = typesOf(schema)
  const isUnset = (keyword: string) => !(Number(schema[keyword] ?? 0) > 0)
  return {
    ...(types.includes('string') && isUnset('minLength') ? { minLength: 1 } : {}),
    ...(types.includes('array') && isUnset('minItems') ? { minItems: 1 } : {}),
  }
}

/** A parameter, or its media type, has `example`, or `examples` by name. */
function listExamples(
  bundle: Bundle,
  { node: own, path: at, content }: RawParameter,
): readonly Json[] {
  const path = content === null ? at : [...at, 'content', content]
  const node = content === null ? own : objectAt(valueAt(bundle.document, path))
  if (node['example'] !== undefined) return [node['example']]
  if (isList(node['examples'])) return node['examples']
  return Object.keys(objectAt(node['examples'])).flatMap((name) => {
    const example = followBundled(bundle, [...path, 'examples', name])
    const value = member(objectAt(valueAt(bundle.document, example)), 'value')
    return value === undefined ? [] : [value]
  })
}
