import { isDeepStrictEqual } from 'node:util'
import {
  isObject,
  listAt,
  objectAt,
  toJson,
  type Json,
  type JsonObject,
} from '../../codegen/json.ts'
import {
  blindTo,
  isDelimitedObject,
  isNested,
  SHARED_BLINDNESSES,
  type Blindness,
} from './blindness.ts'
import { enforce } from './enforcer.ts'
import type { Judge } from './judge.ts'
import { textsIn, typesIn, type Meant, type SentValue } from './judged-operation.ts'

/** What `openapi-enforcer` 1.23 cannot read back. */
const BLINDNESSES: readonly Blindness[] = [
  ...SHARED_BLINDNESSES,
  blindTo(
    'openapi-enforcer refuses an empty header',
    ({ parameter, value }) => parameter.in === 'header' && textsIn(value).includes(''),
  ),
  // Swagger 2.0, Parameter Object; OpenAPI 3 has no style for it.
  blindTo(
    'tsv has no style in 3.0',
    ({ parameter, value }) => parameter.style === 'tabDelimited' && typeof value === 'object',
  ),
  blindTo('openapi-enforcer reads nothing that is nested', isNested),
  // Swagger 2.0, Parameter Object: "collectionFormat" holds for paths and headers too.
  blindTo(
    'a delimiter of 2.0 that has no style in 3.0 at its place',
    ({ parameter, value }) =>
      parameter.in !== 'query' && typeof value === 'object' && /Delimited$/.test(parameter.style),
  ),
  blindTo('openapi-enforcer knows no delimited objects', isDelimitedObject),
  blindTo(
    'openapi-enforcer cannot tell the members of exploded objects from parameters',
    ({ parameter, value }) => parameter.style === 'form' && parameter.explode && isObject(value),
  ),
  // OpenAPI 3.1, section 4.8.12.4: items follow each other with "," unless they are exploded.
  blindTo(
    'openapi-enforcer has its own label objects',
    ({ parameter, value }) => parameter.style === 'label' && isObject(value),
  ),
  blindTo(
    'openapi-enforcer decodes a query twice',
    ({ parameter, value }) =>
      parameter.in === 'query' && textsIn(value).some((text) => text.includes('%')),
  ),
  // A delimiter inside an item is encoded, so it must be split before it is decoded.
  blindTo(
    'openapi-enforcer decodes before it splits',
    ({ value }) =>
      typeof value === 'object' && textsIn(value).some((text) => /[,|. ;=&]/.test(text)),
  ),
]

/** The recorded request is decoded, and must give the very values that were meant. */
export const enforcerJudge: Judge = {
  name: 'openapi-enforcer',
  blindnesses: BLINDNESSES,
  async judge(meant, request, baseUrl) {
    const decodables = meant.values.map((sent) => ({
      ...sent,
      ...toDecodable(sent.parameter.schema, sent.value),
    }))
    const [enforcer, problem] = await enforce(buildDocument(meant, decodables), {
      fullResult: true,
      componentOptions: { disablePathNormalization: true },
    })
    if (enforcer === undefined) return String(problem)
    const basePath = new URL(baseUrl).pathname.replace(/\/$/, '')
    const [decoded, error] = enforcer.request({
      method: request.method,
      path: request.target.slice(basePath.length),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
    })
    if (decoded === undefined) return String(error)
    const places = new Map([
      ['path', toJson(decoded.path)],
      ['query', toJson(decoded.query)],
      ['header', toJson(decoded.headers)],
    ])
    for (const { parameter, text } of decodables) {
      const name = parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name
      const got = objectAt(places.get(parameter.in))[name]
      if (!isDeepStrictEqual(got, text)) {
        return `${parameter.in} ${parameter.name}: read ${JSON.stringify(got)}, not ${JSON.stringify(text)}`
      }
    }
    return null
  },
}

/** Only what was sent is described, in 3.0, with types that tell how a text is to be read. */
function buildDocument(
  { operation }: Meant,
  decodables: readonly (SentValue & Decodable)[],
): unknown {
  const { path, method } = operation
  const parameters = decodables.map(({ parameter, schema }) => ({
    name: parameter.name,
    in: parameter.in,
    style: parameter.style,
    explode: parameter.explode,
    ...(parameter.in === 'query' && { allowEmptyValue: true }),
    ...(parameter.in === 'path' && { required: true }),
    schema,
  }))
  const described = { parameters, responses: { '200': { description: 'Fine.' } } }
  return {
    openapi: '3.0.3',
    info: { title: 'Judged', version: '1' },
    paths: { [path]: { [method.toLowerCase()]: described } },
  }
}

/** A type that tells a decoder what a text means, and the value it must give then. */
type Decodable = { readonly schema: JsonObject; readonly text: Json }

/** Where the document leaves the type open, only the text itself can come back. */
function toDecodable(schema: JsonObject, value: Json): Decodable {
  if (Array.isArray(value)) {
    const items = findMember(schema, 'items')
    const decodables = value.map((item: Json) => toDecodable(items, item))
    const [first] = decodables
    const isUniform = decodables.every((each) => isDeepStrictEqual(each.schema, first?.schema))
    return isUniform
      ? {
          schema: { type: 'array', items: first?.schema ?? TEXT },
          text: decodables.map(({ text }) => text),
        }
      : { schema: { type: 'array', items: TEXT }, text: value.map((item: Json) => textOf(item)) }
  }
  if (isObject(value)) {
    const properties = findMember(schema, 'properties')
    const decodables = Object.entries(value).map(
      ([key, item]) => [key, toDecodable(objectAt(properties[key]), item)] as const,
    )
    return {
      schema: {
        type: 'object',
        properties: Object.fromEntries(decodables.map(([key, each]) => [key, each.schema])),
      },
      text: Object.fromEntries(decodables.map(([key, each]) => [key, each.text])),
    }
  }
  const [type, ...others] = [...typesIn(schema)].filter((name) => name !== 'null')
  const isPlain = type !== undefined && others.length === 0 && PLAIN.includes(type)
  return isPlain ? { schema: { type }, text: value } : { schema: TEXT, text: textOf(value) }
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const PLAIN = ['string', 'number', 'integer', 'boolean']
const TEXT = { type: 'string' } as const

function findMember(schema: JsonObject, key: string): JsonObject {
  if (isObject(schema[key])) return schema[key]
  const branches = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => listAt(schema[name])).map(objectAt)
  return (
    branches
      .map((branch) => findMember(branch, key))
      .find((found) => Object.keys(found).length > 0) ?? {}
  )
}
