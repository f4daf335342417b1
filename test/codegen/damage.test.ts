import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { isList, isObject, toJson, type Json } from '../../codegen/json.ts'
import { reportOf } from './fixture.ts'

const GOLDEN = join(import.meta.dirname, '../golden')
const read = (path: string) => toJson(parse(readFileSync(join(GOLDEN, path), 'utf8')))

/** What somebody may leave behind where something else belongs. */
const junk = fc.constantFrom<Json>(
  ...[null, true, 0, -1, 1.5, '', 'x', '#/a', '__proto__', [], {}, [null], [[]], { a: 1 }],
  ...[{ $ref: 5 }, { $ref: '#/paths' }, { $ref: '#/nothing' }, { type: 'object' }, ['a', 'b']],
)

/** Puts junk in the place that is reached by turning as the numbers say. */
function damage(value: Json, turns: readonly number[], waste: Json): Json {
  const [turn, ...rest] = turns
  const entries = isObject(value) ? Object.entries(value) : []
  if (turn === undefined || (entries.length === 0 && !isList(value))) return waste
  if (isList(value)) {
    const at = turn % Math.max(1, value.length)
    return value.map((item, index) => (index === at ? damage(item, rest, waste) : item))
  }
  const at = turn % entries.length
  return Object.fromEntries(
    entries.map(([key, item], index) => [key, index === at ? damage(item, rest, waste) : item]),
  )
}

describe('a damaged', () => {
  it.each(['basic', 'choices', 'keys', 'nullable', 'styles'])(
    'document or allow-list of %s is reported, never a crash',
    async (name) => {
      const document = read(`${name}/openapi.yaml`)
      const allowList = read(`${name}/allow-list.yaml`)
      const turns = fc.array(fc.nat(60), { minLength: 1, maxLength: 12 })

      await fc.assert(
        fc.asyncProperty(turns, junk, fc.boolean(), async (path, waste, inDocument) => {
          const report = await reportOf(
            JSON.stringify(inDocument ? damage(document, path, waste) : document),
            JSON.stringify(inDocument ? allowList : damage(allowList, path, waste)),
          )
          expect(report).toMatch(/^(?:$|error: \d+ problems? in the document or the allow-list\n)/)
          expect(report).not.toContain('openapi-typescript')
        }),
        { seed: 1, numRuns: 100 },
      )
    },
  )
})
