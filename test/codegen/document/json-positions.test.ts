import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createJsonPositions } from '../../../codegen/document/json-positions.ts'
import { isList, isObject, toJson, type Json } from '../../../codegen/json.ts'
import type { Path } from '../../../codegen/json-pointer.ts'

const TEXT = `{
  "a": { "b\\"]": [1, "x}", { "c": null }] },
  "": [],
  "a/~": -1.5e3
}`

describe('createJsonPositions', () => {
  it.each<[path: Path, on: 'key' | 'value', found: string]>([
    [[], 'value', '{\n'],
    [['a'], 'key', '"a"'],
    [['a'], 'value', '{ "b'],
    [['a', 'b"]'], 'key', '"b\\"]"'],
    [['a', 'b"]', '1'], 'value', '"x}"'],
    [['a', 'b"]', '2', 'c'], 'value', 'null'],
    [[''], 'value', '[]'],
    [['a/~'], 'value', '-1.5e3'],
  ])('finds %j (%s)', (path, on, found) => {
    expect(TEXT.slice(createJsonPositions(TEXT)(path, on))).toMatch(new RegExp(`^${escape(found)}`))
  })

  it.each<[path: Path, found: string]>([
    [['a', 'nothing'], '{ "b'],
    [['a', 'b"]', '7'], '[1, '],
    [['a/~', 'b'], '-1.5e3'],
  ])('ends at the last known step of %j', (path, found) => {
    expect(TEXT.slice(createJsonPositions(TEXT)(path, 'value')).startsWith(found)).toBe(true)
  })

  it('finds every value of any text, at any indentation', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(3), (unread, indent) => {
        const value = toJson(unread)
        const text = JSON.stringify(value, null, indent)
        const find = createJsonPositions(text)
        for (const [path, each] of listValues(value)) {
          expect(text.slice(find(path, 'value')).startsWith(JSON.stringify(each)[0] ?? '')).toBe(
            true,
          )
        }
      }),
    )
  })
})

function listValues(value: Json, path: Path = []): [Path, Json][] {
  const members = isObject(value) || isList(value) ? Object.entries(value) : []
  return [
    [path, value],
    ...members.flatMap(([key, item]: [string, Json]) => listValues(item, [...path, key])),
  ]
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
