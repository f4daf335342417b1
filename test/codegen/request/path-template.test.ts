import { describe, expect, it } from '@jest/globals'
import {
  keepFixedPairs,
  listFixedNames,
  parsePathTemplate,
} from '../../../codegen/request/path-template.ts'

describe('parsePathTemplate', () => {
  it.each<[path: string, template: string, query: string, names: readonly string[]]>([
    ['/a/{id}', '/a/{id}', '', ['id']],
    ['/a/', '/a/', '', []],
    ['/a/{Sid}.json', '/a/{Sid}.json', '', ['Sid']],
    ['/{a}{format}', '/{a}{format}', '', ['a', 'format']],
    ['/{owner}:{repo}', '/{owner}:{repo}', '', ['owner', 'repo']],
    ['/{id}/{id}', '/{id}/{id}', '', ['id']],
    ['/a#refresh', '/a', '', []],
    ['/a?x=1#b?c', '/a', 'x=1', []],
    ['/a?x=1&y={y}', '/a', 'x=1&y={y}', ['y']],
    ['/a?b?c', '/a', 'b?c', []],
    ['/a b/größe', '/a%20b/gr%C3%B6%C3%9Fe', '', []],
    ['/a%20b/50%', '/a%20b/50%25', '', []],
    ['/a?q=a b', '/a', 'q=a%20b', []],
    ['/a/{user-id}/{größe}', '/a/{user-id}/{größe}', '', ['user-id', 'größe']],
    ['/{path*}/{rest+}/{+all}', '/{path}/{rest}/{all}', '', ['path', 'rest', 'all']],
    ['/{id:[0-9]+}', '/{id}', '', ['id']],
    ['/a/{b', '/a/%7Bb', '', []],
    ['/😀/\ud800', '/%F0%9F%98%80/%EF%BF%BD', '', []],
  ])('takes %j apart', (path, template, query, names) => {
    expect(parsePathTemplate(path, [])).toEqual({ template, query, names, unknown: [] })
  })

  it('keeps a name that is declared as it stands', () => {
    expect(parsePathTemplate('/{path*}/{?q}', ['path*', '?q'])).toMatchObject({
      template: '/{path*}/{?q}',
      names: ['path*', '?q'],
      unknown: [],
    })
  })

  it.each(['{?q}', '{&q}', '{/q}', '{.q}', '{;q}', '{#q}', '{}'])(
    'takes %s for no parameter',
    (expression) => {
      expect(parsePathTemplate(`/a${expression}`, []).unknown).toEqual([expression])
    },
  )
})

describe('a fixed query', () => {
  it('names what it gives a value', () => {
    expect(listFixedNames('a=1&b={b}&c&d%20e=')).toEqual(['a', 'c', 'd e'])
  })

  it('leaves to a query parameter what that one writes', () => {
    expect(keepFixedPairs('a=1&b={b}&c={c}', ['c'])).toBe('a=1&c={c}')
  })
})
