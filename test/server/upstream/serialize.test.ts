import { describe, expect, it } from '@jest/globals'
import type { WireParameter } from '../../../server/mcp/tool.ts'
import { serializePathValue, serializeQuery } from '../../../server/upstream/serialize.ts'

type Style = WireParameter['style']

function parameter(where: 'path' | 'query', style: Style, explode: boolean): WireParameter {
  return { name: 'color', in: where, style, explode, allowReserved: false, content: null }
}

const LIST = ['blue', 'black', 'brown']
const PAIRS = { R: 100, G: 200, B: 150 }

/** The examples of OpenAPI 3.1.1, section 4.8.12.6 ("Style Examples"). */
describe('serializePathValue', () => {
  it.each<[Style, boolean, unknown, string]>([
    ['simple', false, 'blue', 'blue'],
    ['simple', false, LIST, 'blue,black,brown'],
    ['simple', false, PAIRS, 'R,100,G,200,B,150'],
    ['simple', true, LIST, 'blue,black,brown'],
    ['simple', true, PAIRS, 'R=100,G=200,B=150'],
    ['label', false, 'blue', '.blue'],
    ['label', false, LIST, '.blue,black,brown'],
    ['label', false, PAIRS, '.R,100,G,200,B,150'],
    ['label', true, LIST, '.blue.black.brown'],
    ['label', true, PAIRS, '.R=100.G=200.B=150'],
    ['matrix', false, 'blue', ';color=blue'],
    ['matrix', false, LIST, ';color=blue,black,brown'],
    ['matrix', false, PAIRS, ';color=R,100,G,200,B,150'],
    ['matrix', true, LIST, ';color=blue;color=black;color=brown'],
    ['matrix', true, PAIRS, ';R=100;G=200;B=150'],
  ])('writes %s, explode %s, %j as %s', (style, explode, value, expected) => {
    expect(serializePathValue(parameter('path', style, explode), value)).toBe(expected)
  })
})

describe('serializeQuery', () => {
  it.each<[Style, boolean, unknown, string]>([
    ['form', true, 'blue', 'color=blue'],
    ['form', true, '', 'color='],
    ['form', true, LIST, 'color=blue&color=black&color=brown'],
    ['form', true, PAIRS, 'R=100&G=200&B=150'],
    ['form', false, LIST, 'color=blue,black,brown'],
    ['form', false, PAIRS, 'color=R,100,G,200,B,150'],
    ['spaceDelimited', false, LIST, 'color=blue%20black%20brown'],
    ['spaceDelimited', false, PAIRS, 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited', false, LIST, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, PAIRS, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['deepObject', true, PAIRS, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
    ['form', true, [], ''],
    ['form', false, [], ''],
    ['form', true, true, 'color=true'],
    ['form', true, null, 'color='],
  ])('writes %s, explode %s, %j as %s', (style, explode, value, expected) => {
    expect(serializeQuery([parameter('query', style, explode)], { color: value })).toBe(expected)
  })

  it('keeps a delimiter inside a value apart from the delimiter', () => {
    const csv = parameter('query', 'form', false)

    expect(serializeQuery([csv], { color: ['a,b', 'c'] })).toBe('color=a%2Cb,c')
  })

  it('encodes what could end the value, the query or the line', () => {
    const form = parameter('query', 'form', true)

    expect(serializeQuery([form], { color: "a&b=c#d+e f\r\n'(*)!" })).toBe(
      'color=a%26b%3Dc%23d%2Be%20f%0D%0A%27%28%2A%29%21',
    )
  })

  it('leaves reserved characters alone where the document says so, but for those of the query itself', () => {
    const reserved = { ...parameter('query', 'form', true), allowReserved: true }

    expect(serializeQuery([reserved], { color: ":/?[]@!$'()*,;=&#+" })).toBe(
      "color=:/?[]@!$'()*,;=%26%23%2B",
    )
  })

  it('leaves out what was not given and keeps the order of the document', () => {
    const second = { ...parameter('query', 'form', true), name: 'size' }

    expect(serializeQuery([parameter('query', 'form', true), second], { size: 2 })).toBe('size=2')
    expect(
      serializeQuery([parameter('query', 'form', true), second], { size: 2, color: 'blue' }),
    ).toBe('color=blue&size=2')
  })

  it('sends no value that was not compiled', () => {
    expect(serializeQuery([parameter('query', 'form', true)], { other: 1 })).toBe('')
  })

  it.each([[[['a']]], [{ a: { b: 1 } }], ['\ud800']])('refuses %j', (value) => {
    expect(() => serializeQuery([parameter('query', 'form', true)], { color: value })).toThrow(
      expect.objectContaining({ name: 'ArgumentRefused', parameter: 'color' }),
    )
  })
})
