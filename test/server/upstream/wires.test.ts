import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { WireParameter } from '../../../server/mcp/tool.ts'
import { openWire, operation, parameter, type Wire } from './fixture.ts'

let wire: Wire

beforeAll(async () => {
  wire = await openWire()
})

afterAll(() => wire.close())

type Case = readonly [title: string, Partial<WireParameter>, value: unknown, expected: string]

/** Sends one parameter named `color`, and gives the query that arrived. */
async function queryOf(changes: Partial<WireParameter>, value: unknown): Promise<string> {
  const wanted = operation([parameter({ in: 'query', ...changes })])
  const { target } = await wire.send(wanted, {
    params: { query: { [changes.name ?? 'color']: value } },
  })
  return target.replace('/v1/things', '')
}

const ENCODED = 'a%26b%3Dc%23d%2Be%20f%0D%0A%27%28%2A%29%21'
const COLORS = '?color=1&color=2'
const SORTED = '?page=2&sort=a&sort=b'
const JSON_VALUE = '%7B%22a%22%3A%5B%22x%22%2Cnull%5D%2C%22b%22%3A%22%C5%BC%22%7D'

describe('a query', () => {
  const DEEP = { style: 'deepObject' } as const
  const EXPLODED = { style: 'form', explode: true } as const
  const RESERVED = { allowReserved: true } as const
  const JSON_TYPE = { content: 'application/json' } as const

  it.each<Case>([
    ['an empty text (allowEmptyValue)', {}, '', '?color='],
    ['nothing for null', {}, null, ''],
    ['nothing for an empty list', {}, [], ''],
    ['nothing for an empty object', {}, {}, ''],
    ['a list without its nulls', {}, ['a', null, 'b'], '?color=a&color=b'],
    ['an empty text in a list', { explode: false }, ['a', '', 'b'], '?color=a,,b'],
    ['a boolean', {}, false, '?color=false'],
    ['a number', {}, 1e21, '?color=1e%2B21'],
    ['a comma apart from the delimiter', { explode: false }, ['a,b', 'c'], '?color=a%2Cb,c'],
    ['what would end the value', {}, "a&b=c#d+e f\r\n'(*)!", `?color=${ENCODED}`],
    ['a name that is not one for a URL', { name: 'filter[a]&$x' }, 1, '?filter%5Ba%5D%26%24x=1'],
    ['tabs of Swagger 2.0', { style: 'tabDelimited', explode: false }, ['a', 'b'], '?color=a%09b'],
    ['a list that a delimited style explodes', { style: 'pipeDelimited' }, [1, 2], COLORS],
    ['objects in a list as their JSON', {}, [{ a: 1 }], '?color=%7B%22a%22%3A1%7D'],
    // form, exploded (RFC 6570, section 3.2.8)
    ['an object member by member', EXPLODED, { 'a b': 'x&y', c: null, d: '' }, '?a%20b=x%26y&d='],
    ['a list in an exploded object', EXPLODED, { page: 2, sort: ['a', 'b'] }, SORTED],
    ['an object in an exploded object', EXPLODED, { a: { b: 1 } }, '?a=%7B%22b%22%3A1%7D'],
    // deepObject
    ['a deep object', DEEP, { a: 'x&y=z', 'b c': 1 }, '?color%5Ba%5D=x%26y%3Dz&color%5Bb%20c%5D=1'],
    ['an object in a deep object', DEEP, { a: { b: { c: 1 } } }, '?color%5Ba%5D%5Bb%5D%5Bc%5D=1'],
    ['a list in a deep object', DEEP, { a: [1, 2] }, '?color%5Ba%5D%5B%5D=1&color%5Ba%5D%5B%5D=2'],
    ['a list as a deep object', DEEP, ['a', 'b'], '?color%5B%5D=a&color%5B%5D=b'],
    [
      'objects in a deep list',
      DEEP,
      [{ a: 1 }, { a: 2 }],
      '?color%5B0%5D%5Ba%5D=1&color%5B1%5D%5Ba%5D=2',
    ],
    ['a scalar as a deep object', DEEP, 'x', '?color=x'],
    ['nothing for an empty deep object', DEEP, { a: {}, b: [], c: null }, ''],
    // content
    ['an object as JSON', JSON_TYPE, { a: ['x', null], b: 'ż' }, `?color=${JSON_VALUE}`],
    ['a text as JSON', JSON_TYPE, 'x', '?color=%22x%22'],
    ['null as JSON', JSON_TYPE, null, '?color=null'],
    [
      'JSON without regard to its style',
      { ...JSON_TYPE, ...DEEP },
      { a: 1 },
      '?color=%7B%22a%22%3A1%7D',
    ],
    ['a text as text', { content: 'text/plain' }, 'a b', '?color=a%20b'],
    // allowReserved (RFC 6570, section 3.2.3)
    ['reserved characters', RESERVED, ":/?[]@!$'()*,;=", "?color=:/?[]@!$'()*,;="],
    ['"&", "#" and "+" encoded all the same', RESERVED, 'a&b#c+d e', '?color=a%26b%23c%2Bd%20e'],
    ['triplets as they are', RESERVED, '%2F%zz%', '?color=%2F%25zz%25'],
    [
      'a comma inside a reserved list',
      { ...RESERVED, explode: false },
      ['a,b/c', 'd'],
      '?color=a%2Cb/c,d',
    ],
    [
      'reserved characters in a deep object',
      { ...RESERVED, ...DEEP },
      { a: 'x/y' },
      '?color%5Ba%5D=x/y',
    ],
  ])('has %s', async (_title, changes, value, expected) => {
    expect(await queryOf(changes, value)).toBe(expected)
  })

  it('has the parameters in the order of the document, and no value that was not compiled', async () => {
    const wanted = operation([parameter(), parameter({ name: 'size' })])

    const { target } = await wire.send(wanted, { params: { query: { x: 1, size: 2, color: 'a' } } })

    expect(target).toBe('/v1/things?color=a&size=2')
  })
})

describe('a path', () => {
  it.each<Case>([
    ['a delimiter inside a value', {}, ['a,b', 'c'], 'a%2Cb,c'],
    ['names and values encoded', { explode: true }, { 'a=b': 'c,d' }, 'a%3Db=c%2Cd'],
    ['a dot in a label', { style: 'label' }, '1.0', '.1.0'],
    ['the name of a matrix', { style: 'matrix', name: 'a b' }, 'x;y', ';a%20b=x%3By'],
    ['spaces of Swagger 2.0', { style: 'spaceDelimited' }, ['a', 'b'], 'a%20b'],
    ['pipes of Swagger 2.0', { style: 'pipeDelimited' }, ['a', 'b'], 'a%7Cb'],
    ['tabs of Swagger 2.0', { style: 'tabDelimited' }, ['a', 'b'], 'a%09b'],
    ['JSON', { content: 'application/json' }, { a: 'b/c' }, '%7B%22a%22%3A%22b%2Fc%22%7D'],
  ])('has %s', async (_title, changes, value, expected) => {
    const part = parameter({ in: 'path', ...changes })
    const wanted = operation([part], { template: `/things/{${part.name}}` })

    const { target } = await wire.send(wanted, { params: { path: { [part.name]: value } } })

    expect(target).toBe(`/v1/things/${expected}`)
  })

  it.each([
    ['/things/{a}.json', { a: 'x' }, '/v1/things/x.json'],
    ['/things/{a}{b}', { a: 'x', b: '.csv' }, '/v1/things/x.csv'],
    ['/{a}/{b}/%5Bx%5D', { a: 'x', b: 'y' }, '/v1/x/y/%5Bx%5D'],
    ['/', {}, '/v1/'],
  ])('may be %s', async (template, path, expected) => {
    const names = ['a', 'b'].filter((name) => template.includes(`{${name}}`))
    const wanted = operation(
      names.map((name) => parameter({ in: 'path', name })),
      { template },
    )

    expect((await wire.send(wanted, { params: { path } })).target).toBe(expected)
  })
})

describe('a header', () => {
  it.each<Case>([
    ['a text as it is, not percent-encoded', {}, 'a b%2F"=,;é', 'a b%2F"=,;é'],
    ['an empty text', {}, '', ''],
    ['spaces of Swagger 2.0', { style: 'spaceDelimited' }, ['a', 'b'], 'a b'],
    ['tabs of Swagger 2.0', { style: 'tabDelimited' }, ['a', 'b'], 'a\tb'],
    ['pipes of Swagger 2.0', { style: 'pipeDelimited' }, ['a', 'b'], 'a|b'],
    ['commas of Swagger 2.0', {}, ['a', 'b'], 'a,b'],
    ['JSON in ASCII', { content: 'application/json' }, { a: 'ż"\n' }, '{"a":"\\u017c\\"\\n"}'],
    ['an "=" in a value', { explode: true }, { a: 'b=c' }, 'a=b=c'],
  ])('has %s', async (_title, changes, value, expected) => {
    const wanted = operation([parameter({ in: 'header', ...changes })])

    const { headers } = await wire.send(wanted, { params: { header: { color: value } } })

    expect(headers['color']).toBe(expected)
  })

  it.each([[undefined], [null], [[]], [{}]])('is absent for %j', async (value) => {
    const wanted = operation([parameter({ in: 'header' })])

    const { headers } = await wire.send(wanted, { params: { header: { color: value } } })

    expect(headers).not.toHaveProperty('color')
  })
})

describe('a cookie', () => {
  it.each<Case>([
    ['a text that it can hold', {}, 'a/b:c', 'color=a/b:c'],
    [
      'what it cannot hold encoded',
      {},
      'a;b, "c"\\ż%=&',
      'color=a%3Bb%2C%20%22c%22%5C%C5%BC%25%3D%26',
    ],
    ['a list', {}, ['a,b', 'c'], 'color=a%2Cb,c'],
    ['an exploded list', { explode: true }, ['a', 'b'], 'color=a; color=b'],
    ['an exploded object', { explode: true }, { R: 100, G: 'x;y' }, 'R=100; G=x%3By'],
    ['JSON', { content: 'application/json' }, [1, 2], 'color=[1%2C2]'],
  ])('has %s', async (_title, changes, value, expected) => {
    const wanted = operation([parameter({ in: 'cookie', ...changes })])

    const { headers } = await wire.send(wanted, { params: { cookie: { color: value } } })

    expect(headers.cookie).toBe(expected)
  })

  it('stands beside others of its request', async () => {
    const cookies = [parameter({ in: 'cookie' }), parameter({ in: 'cookie', name: 'size' })]

    const { headers } = await wire.send(operation(cookies), {
      params: { cookie: { size: 2, color: 'a' } },
    })

    expect(headers.cookie).toBe('color=a; size=2')
  })
})
