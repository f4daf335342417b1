import fc, { type Arbitrary } from 'fast-check'
import { listAt, objectAt, stringsAt, type Json, type JsonObject } from '../../codegen/json.ts'
import type { OrganizationRecords } from './organization-records.ts'

/** Ids that try to leave their place in a path, a query or a statement. */
const HOSTILE = [
  '../invoices',
  'inv_000001/../inv_000600',
  '..%2Fme',
  '%2e%2e/contracts',
  "' OR '1'='1",
  'x?organizationId=globex',
  'x#',
  'inv_000001&organizationId=acme',
] as const

/** Words to search for that are in many records. */
const WORDS = ['a', '2025', '2026', '_', '%', 'Nordwind', 'INV', "' OR 1=1 --"] as const
const DAYS = ['2024-01-01', '2025-06-30', '2026-03-15', '2027-12-31'] as const

/**
 * Arguments for a tool, most of them valid: ids, names and cursors of every organization among them,
 * whoever calls.
 *
 * @param inputSchema the tool's own, as `tools/list` shows it
 * @param cursors of lists of every organization
 */
export function argumentsFor(
  inputSchema: JsonObject,
  records: readonly OrganizationRecords[],
  cursors: readonly string[],
): Arbitrary<JsonObject> {
  const required = stringsAt(inputSchema['required'])
  const members = Object.entries(objectAt(inputSchema['properties'])).map(([name, schema]) => {
    const value = valueFor(name, objectAt(schema), records, cursors)
    // Few filters at once, or hardly an answer would have records.
    return required.includes(name)
      ? value.map((each): [string, Json][] => [[name, each]])
      : fc.oneof(
          { weight: 8, arbitrary: fc.constant<[string, Json][]>([]) },
          { weight: 1, arbitrary: value.map((each): [string, Json][] => [[name, each]]) },
        )
  })
  return fc.tuple(...members).map((entries) => Object.fromEntries(entries.flat()))
}

function valueFor(
  name: string,
  schema: JsonObject,
  records: readonly OrganizationRecords[],
  cursors: readonly string[],
): Arbitrary<Json> {
  const words = listAt(schema['enum'])
  if (words.length > 0) return fc.constantFrom(...words)
  const [example] = listAt(schema['examples'])
  const { type } = schema
  if (type === 'boolean') return fc.boolean()
  if (type === 'number') return fc.integer({ min: 0, max: 20_000 })
  if (type === 'integer') return fc.integer({ min: 1, max: /size|limit/i.test(name) ? 30 : 3 })
  if (type === 'array') {
    const [first] = listAt(example)
    const item: JsonObject = { ...objectAt(schema['items']), examples: [first ?? ''] }
    return fc.array(valueFor(name, item, records, cursors), { minLength: 1, maxLength: 3 })
  }
  return textFor(name, schema, typeof example === 'string' ? example : '', records, cursors)
}

function textFor(
  name: string,
  schema: JsonObject,
  example: string,
  records: readonly OrganizationRecords[],
  cursors: readonly string[],
): Arbitrary<string> {
  if (schema['format'] === 'date') return fc.constantFrom(...DAYS)
  if (name === 'cursor') return fc.constantFrom(...cursors, 'x')
  if (name === 'q') {
    const names = records.map(({ texts }) => fc.constantFrom(...texts))
    return fc.oneof(fc.constantFrom(...WORDS), ...names)
  }
  const prefix = /^[a-z]+_(?=\d)/.exec(example)?.[0]
  if (prefix === undefined) return fc.constantFrom(example, 'PL', 'GB', 'EUR', 'GBP')
  const known = records.map(({ ids }) => fc.constantFrom(...(ids.get(prefix) ?? [example])))
  return fc.oneof(...known.map((arbitrary) => ({ weight: 5, arbitrary })), {
    weight: 1,
    arbitrary: fc.constantFrom(`${prefix}999999`, ...HOSTILE),
  })
}
