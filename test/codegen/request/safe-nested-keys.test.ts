import { describe, expect, it } from '@jest/globals'
import { textAt, type Json, type JsonObject } from '../../../codegen/json.ts'
import { findOddKeys, withSafeKeys } from '../../../codegen/request/safe-nested-keys.ts'
import { byteLength } from '../../../codegen/tool/texts.ts'

const ODD = {
  type: 'object',
  description: 'What to look for.',
  properties: { 'price<': { type: 'number' }, name: { type: 'string' } },
  additionalProperties: false,
} as const satisfies Json

const OPENED = {
  type: 'object',
  description: 'What to look for. It also takes "price<" (number).',
  properties: { name: { type: 'string' } },
}

describe('withSafeKeys', () => {
  it.each<[where: string, before: JsonObject, after: JsonObject]>([
    ['an argument', ODD, OPENED],
    ['items', { items: ODD }, { items: OPENED }],
    ['an alternative', { anyOf: [ODD, {}] }, { anyOf: [OPENED, {}] }],
    ['an object inside', { properties: { deep: ODD } }, { properties: { deep: OPENED } }],
    ['other members', { additionalProperties: ODD }, { additionalProperties: OPENED }],
    [
      'a definition',
      { $ref: '#/$defs/X', $defs: { X: ODD } },
      { $ref: '#/$defs/X', $defs: { X: OPENED } },
    ],
  ])('puts a member that no client accepts in words, in %s', (_where, before, after) => {
    expect(findOddKeys(before)).toEqual(['price<'])
    expect(withSafeKeys({ schema: before })).toEqual({ schema: after })
  })

  it.each<[what: string, schema: JsonObject]>([
    ['a plain object', { properties: { 'a.b-c_D1': {} }, additionalProperties: false }],
    ['what is no schema', { default: { properties: { 'a[b]': 1 } } }],
  ])('leaves %s as it is', (_what, schema) => {
    const argument = { schema }

    expect(withSafeKeys(argument)).toBe(argument)
    expect(findOddKeys(schema)).toEqual([])
  })

  it('still asks for a member that must be sent', () => {
    const { schema } = withSafeKeys({ schema: { ...ODD, required: ['price<'] } })

    expect(schema).toEqual({
      ...OPENED,
      required: ['price<'],
      description: 'What to look for. It also takes "price<" (number, required).',
    })
  })

  it('keeps the description short, whatever the names are', () => {
    const names = Array.from({ length: 50 }, (_, index) => `${'x'.repeat(200)}<${index}`)
    const properties = Object.fromEntries(names.map((name) => [name, {}]))
    const schema = { ...ODD, properties, description: 'y '.repeat(400) }

    const safe = withSafeKeys({ schema }).schema

    expect(findOddKeys(safe)).toEqual([])
    expect(byteLength(textAt(safe['description']))).toBeLessThanOrEqual(500)
  })
})
