import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import { compileJudge } from '../../codegen/judge.ts'
import {
  isList,
  listAt,
  objectAt,
  stringsAt,
  type Json,
  type JsonObject,
} from '../../codegen/json.ts'
import { typesOf, type TypeName } from '../../codegen/schema-dialect.ts'
import { connector as flowtly } from '../../generated/flowtly/index.ts'
import { connector as basic } from '../golden/basic/out/index.ts'
import { connector as choices } from '../golden/choices/out/index.ts'
import { connector as files } from '../golden/files/out/index.ts'
import { connector as hostile } from '../golden/hostile/out/index.ts'
import { connector as keys } from '../golden/keys/out/index.ts'
import { connector as nullable } from '../golden/nullable/out/index.ts'
import { connector as styles } from '../golden/styles/out/index.ts'

const connectors = [flowtly, basic, choices, files, hostile, keys, nullable, styles]
const tools = connectors.flatMap(({ name, tools }) =>
  tools.map((tool) => [`${name} ${tool.name}`, tool] as const),
)

/** Values that no schema of ours wants, and some that many do. */
const junk = fc.constantFrom<Json>(null, '', 'x', 0, -1, 1.5, true, [], [''], [1, 1], {}, { a: 1 })

describe('the two judges of arguments', () => {
  it.each(tools)('agree on %s', (_name, tool) => {
    const judge = compileJudge(tool.inputSchema)
    const verdicts = { accepted: 0, refused: 0 }

    fc.assert(
      fc.property(argumentsFor(tool.inputSchema), (args) => {
        const reason = judge(args)
        const prepared = tool.prepare(args)
        verdicts[prepared.ok ? 'accepted' : 'refused'] += 1
        expect({ args, ok: prepared.ok, reason }).toEqual({ args, ok: reason === null, reason })
      }),
      { seed: 1, numRuns: 300 },
    )

    expect(verdicts.accepted).toBeGreaterThan(0)
    expect(verdicts.refused).toBeGreaterThan(0)
  })

  it.each(tools)('both refuse an unknown argument of %s', (_name, tool) => {
    expect(compileJudge(tool.inputSchema)({ unheardOf: 1 })).not.toBeNull()
    expect(tool.prepare({ unheardOf: 1 }).ok).toBe(false)
  })
})

/** Arguments that fit, and such with one of them replaced, removed or added. */
function argumentsFor(inputSchema: JsonObject): Arbitrary<JsonObject> {
  const fitting = membersFor(inputSchema, stringsAt(inputSchema['required']))
  const names = Object.keys(objectAt(inputSchema['properties']))
  const key = fc.constantFrom('unheardOf', ...names)
  return fc.oneof(
    fitting,
    fc.tuple(fitting, key, junk).map(([args, name, value]) => ({ ...args, [name]: value })),
    fc
      .tuple(fitting, key)
      .map(([args, name]) =>
        Object.fromEntries(Object.entries(args).filter(([other]) => other !== name)),
      ),
  )
}

/** Objects with the required members and any choice of the others. */
function membersFor(schema: JsonObject, required: readonly string[]): Arbitrary<JsonObject> {
  const members = Object.entries(objectAt(schema['properties'])).map(([name, item]) =>
    fc
      .option(valuesFor(objectAt(item)), {
        nil: undefined,
        freq: required.includes(name) ? 1e9 : 2,
      })
      .map((value): [string, Json][] => (value === undefined ? [] : [[name, value]])),
  )
  return fc.tuple(...members).map((entries) => Object.fromEntries(entries.flat()))
}

/** Values on both sides of a schema's bounds. */
function valuesFor(schema: JsonObject): Arbitrary<Json> {
  if (schema['const'] !== undefined) return fc.constant(schema['const'])
  if (isList(schema['enum'])) return fc.constantFrom(...schema['enum'])
  const branches = [...listAt(schema['anyOf']), ...listAt(schema['oneOf'])].map(objectAt)
  if (branches.length > 0) return fc.oneof(...branches.map(valuesFor))
  const types = typesOf(schema)
  return types.length === 0 ? junk : fc.oneof(...types.map((type) => valuesOf(schema, type)))
}

function valuesOf(schema: JsonObject, type: TypeName): Arbitrary<Json> {
  const bound = (keyword: string, fallback: number) =>
    typeof schema[keyword] === 'number' ? schema[keyword] : fallback
  switch (type) {
    case 'string':
      return textsFor(schema, bound('minLength', 0), Math.min(bound('maxLength', 20), 300))
    case 'integer':
      return fc.integer({ min: bound('minimum', -9) - 1, max: bound('maximum', 99) + 1 })
    case 'number':
      return fc.double({
        noNaN: true,
        min: bound('minimum', bound('exclusiveMinimum', -9)) - 1,
        max: bound('maximum', 99) + 1,
      })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valuesFor(objectAt(schema['items'])), { maxLength: bound('maxItems', 3) + 1 })
    case 'object':
      return membersFor(schema, [])
  }
}

function textsFor(schema: JsonObject, min: number, max: number): Arbitrary<string> {
  const plain = fc.string({ minLength: Math.max(0, min - 1), maxLength: max + 1 })
  const pattern = schema['pattern']
  const day = fc.date({
    noInvalidDate: true,
    min: new Date('1900-01-01'),
    max: new Date('2100-01-01'),
  })
  const fitting = new Map<Json | undefined, Arbitrary<string>>([
    ['date', day.map((date) => date.toISOString().slice(0, 10))],
    ['date-time', day.map((date) => date.toISOString())],
    ['email', fc.emailAddress()],
    ['uri', fc.webUrl()],
    ['uuid', fc.uuid()],
  ]).get(schema['format'])
  if (fitting !== undefined) return fc.oneof(fitting, plain)
  return typeof pattern === 'string' ? fc.oneof(textsMatching(pattern), plain) : plain
}

/** fast-check reads no look-ahead, which merged patterns have. */
function textsMatching(pattern: string): Arbitrary<string> {
  return pattern.includes('(?=') ? fc.string() : fc.stringMatching(new RegExp(pattern, 'u'))
}
