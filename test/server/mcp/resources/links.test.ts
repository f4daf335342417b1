import { describe, expect, it } from '@jest/globals'
import { createProjection } from '../../../../server/mcp/projection.ts'
import { encodeSegment } from '../../../../server/mcp/resources/uri-template.ts'
import type { Link } from '../../../../server/mcp/resources/links.ts'
import { parseLossless } from '../../../../server/mcp/lossless-json.ts'

const write = (begin: string) => (id: string) => {
  const segment = encodeSegment(id)
  return segment === null ? null : `${begin}${segment}`
}
const OWN: Link = { member: null, steps: ['id'], toUri: write('x://a/') }
const OWNER: Link = { member: 'owner', steps: ['id'], toUri: write('x://owners/') }

function link(
  answer: unknown,
  {
    items = '/data',
    columns = null,
    links = [OWNER, OWN],
  }: {
    readonly items?: string
    readonly columns?: readonly string[] | null
    readonly links?: readonly Link[]
  } = {},
): string {
  const project = createProjection({ items, columns, paging: null, filters: [] }, links)
  if (project === null) throw new Error('there are links')
  return JSON.stringify(project(answer))
}

describe('the URIs in a list', () => {
  it('stand behind the columns of an item, and of what it refers to', () => {
    const answer = { data: [{ id: 'a', no: 1, owner: { id: 'o', name: 'O' }, secret: 1 }], next: 2 }

    expect(link(answer, { columns: ['no', 'owner.name'] })).toBe(
      '{"data":[{"no":1,"owner":{"name":"O","_uri":"x://owners/o"},"_uri":"x://a/a"}],"next":2}',
    )
  })

  it('stand behind everything where there are no columns', () => {
    expect(link({ data: [{ id: 'a', more: [1] }] })).toBe(
      '{"data":[{"id":"a","more":[1],"_uri":"x://a/a"}]}',
    )
  })

  it('stand in a list without an envelope', () => {
    expect(link([{ id: 'a' }], { items: '' })).toBe('[{"id":"a","_uri":"x://a/a"}]')
  })

  it.each([
    ['a number', '[{"id":7}]', '"x://a/7"'],
    ['a number below 0', '[{"id":-7}]', '"x://a/-7"'],
    ['a number of twenty digits', '[{"id":12345678901234567890}]', '"x://a/12345678901234567890"'],
    ['a text that has to be encoded', '[{"id":"a/b c"}]', '"x://a/a%2Fb%20c"'],
  ])('have %s as id', (_what, source, uri) => {
    const linked = link(parseLossless(source), { items: '' })

    expect(linked).toBe(`${source.slice(0, -2)},"_uri":${uri}}]`)
  })

  it.each([
    ['no id', [{ no: 1 }]],
    ['an id that is null', [{ id: null }]],
    ['an id that is an object', [{ id: { id: 1 } }]],
    ['an id that is a truth value', [{ id: true }]],
    ['a fraction as id', [{ id: 1.5 }]],
    ['an id that no URI holds', [{ id: '..' }, { id: '' }, { id: 'a\n' }]],
    ['a URI of the upstream', [{ id: 'a', _uri: 'https://up.example/a' }]],
    ['an inherited id', [{ __proto__: { id: 'a' }, no: 1 }]],
    ['no objects', [1, 'a', null, [2]]],
    ['numbers of many digits', parseLossless('[12345678901234567890]')],
    [
      'a member that refers to nothing',
      [{ owner: null }, { owner: 'o' }, { owner: [{ id: 'o' }] }],
    ],
    ['a member with a URI of the upstream', [{ owner: { id: 'o', _uri: null } }]],
    ['nothing at its place', { other: [{ id: 'a' }] }],
    ['no list', null],
  ])('are not added to items with %s', (_what, answer) => {
    const items = Array.isArray(answer) ? '' : '/data'

    expect(link(answer, { items })).toBe(JSON.stringify(answer))
  })

  it('do not reach the columns of a member that is not shown', () => {
    const answer = { data: [{ id: 'a', owner: { id: 'o' } }] }

    expect(link(answer, { columns: ['id'] })).toBe('{"data":[{"id":"a","_uri":"x://a/a"}]}')
  })

  it('leave the answer as it was', () => {
    const answer = { data: [{ id: 'a', owner: { id: 'o' } }] }

    link(answer)

    expect(answer).toEqual({ data: [{ id: 'a', owner: { id: 'o' } }] })
  })
})
