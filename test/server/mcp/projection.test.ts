import { describe, expect, it } from '@jest/globals'
import { createProjection } from '../../../server/mcp/projection.ts'

function project(items: string | null, columns: readonly string[], answer: unknown): unknown {
  const projection = createProjection({ items, columns, paging: null, filters: [] })
  if (projection === null) throw new Error('there are columns')
  return projection(answer)
}

describe('createProjection', () => {
  it('is absent without columns', () => {
    expect(
      createProjection({ items: '/data', columns: null, paging: null, filters: [] }),
    ).toBeNull()
  })

  it('keeps the columns of each item, in their order, and the envelope as it is', () => {
    const answer = { data: [{ z: 3, id: 1, secret: 's' }], pagination: { page: 1 } }

    expect(JSON.stringify(project('/data', ['id', 'z'], answer))).toBe(
      '{"data":[{"id":1,"z":3}],"pagination":{"page":1}}',
    )
  })

  it('follows dotted paths, through lists too', () => {
    const item = {
      party: { name: 'n', iban: 'i' },
      lines: [{ total: 1, note: 'x' }, { note: 'y' }],
    }

    expect(project('', ['party.name', 'lines.total'], [item])).toEqual([
      { party: { name: 'n' }, lines: [{ total: 1 }, {}] },
    ])
  })

  it('keeps a whole branch when one column names it', () => {
    expect(project('', ['a.b', 'a'], [{ a: { b: 1, c: 2 } }])).toEqual([{ a: { b: 1, c: 2 } }])
  })

  it('projects the answer itself where there is no list', () => {
    expect(project(null, ['id'], { id: 1, other: 2 })).toEqual({ id: 1 })
  })

  it('reads a pointer with escapes', () => {
    expect(project('/a~1b/m~0n', ['id'], { 'a/b': { 'm~n': [{ id: 1, x: 2 }] } })).toEqual({
      'a/b': { 'm~n': [{ id: 1 }] },
    })
  })

  it.each([
    ['null', { data: null }, { data: null }],
    ['one object', { data: { id: 1, x: 2 } }, { data: { id: 1 } }],
    ['scalars', { data: ['a', 1, null] }, { data: ['a', 1, null] }],
  ])('copes with an answer that has %s', (_name, answer, expected) => {
    expect(project('/data', ['id'], answer)).toEqual(expected)
  })

  it.each([[{ error: 'x' }], [[{ id: 1 }]], ['text'], [null]])(
    'shows nothing of %j, which has no place for items',
    (answer) => {
      expect(() => project('/data', ['id'], answer)).toThrow(
        expect.objectContaining({ name: 'UpstreamFailure', status: 502 }),
      )
    },
  )

  it('does not reach into prototypes', () => {
    expect(project('', ['constructor', '__proto__', 'toString.name'], [{ id: 1 }])).toEqual([{}])
  })
})
