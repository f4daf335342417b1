import { describe, expect, it } from '@jest/globals'
import { findCompletions } from '../../../../server/mcp/prompts/find-completions.ts'

const VALUES = ['this month', 'last month', 'This quarter', 'a thistle', 'year']

describe('what completes an argument', () => {
  it.each<[typed: string, values: readonly string[]]>([
    ['', VALUES],
    ['this', ['this month', 'This quarter', 'a thistle']],
    ['THIS', ['this month', 'This quarter', 'a thistle']],
    ['month', ['this month', 'last month']],
    ['this month', ['this month']],
    ['no', []],
  ])('begins with %p, or else has it inside', (typed, values) => {
    expect(findCompletions(VALUES, typed)).toEqual({
      ...{ values, total: values.length, hasMore: false },
    })
  })

  it.each([
    [100, false],
    [101, true],
  ])('is a hundred values at most, of %i (more: %p)', (count, hasMore) => {
    const values = Array.from({ length: count }, (_, index) => `value ${index}`)

    const found = findCompletions(values, 'v')

    expect(found).toEqual({ values: values.slice(0, 100), total: count, hasMore })
  })
})
