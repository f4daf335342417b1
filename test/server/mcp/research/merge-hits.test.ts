import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { mergeHits } from '../../../../server/mcp/research/merge-hits.ts'

const hit = (id: string) => ({ id, title: id, url: '' })
const merge = (...lists: readonly string[]) =>
  mergeHits(lists.map((list) => Array.from(list, hit)))
    .map(({ id }) => id)
    .join('')

describe('several lists', () => {
  it.each<[lists: readonly string[], merged: string]>([
    [[], ''],
    [[''], ''],
    [['abc'], 'abc'],
    [['abc', 'xy'], 'axbyc'],
    [['a', 'xyz'], 'axyz'],
    [['abc', 'xc'], 'caxb'],
    [['aab', 'x'], 'axb'],
    [['abc', 'bcd', 'ce'], 'cbaed'],
  ])('of %j become %j', (lists, merged) => {
    expect(merge(...lists)).toBe(merged)
  })

  it('keep each record once, and those first that are in most', () => {
    const list = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      maxLength: 8,
    })
    fc.assert(
      fc.property(fc.array(list, { maxLength: 6 }), (lists) => {
        const merged = Array.from(merge(...lists))
        const counts = merged.map((id) => lists.filter((each) => each.includes(id)).length)

        expect(merged.toSorted()).toEqual(Array.from(new Set(lists.join(''))).sort())
        expect(counts).toEqual([...counts].sort((one, other) => other - one))
      }),
    )
  })
})
