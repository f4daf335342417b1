import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { WireParameter } from '../../../server/mcp/tool.ts'
import { fillPath, parseTemplate, toPathPattern } from '../../../server/upstream/path.ts'
import { anyCharacter } from '../../support/any-character.ts'

const id: WireParameter = {
  name: 'id',
  in: 'path',
  style: 'simple',
  explode: false,
  allowReserved: false,
  content: null,
}
const template = parseTemplate('/contracts/{id}/lines', [id])

function fill(value: unknown): string {
  return `http://h.example/v1${fillPath(template, { id: value })}`
}

describe('fillPath', () => {
  it.each([
    ['ctr_1', 'ctr_1'],
    ['a b', 'a%20b'],
    ['a/b', 'a%2Fb'],
    ['?x=1', '%3Fx%3D1'],
    ['#f', '%23f'],
    ['%2f', '%252f'],
    ['...', '...'],
    ['a..b', 'a..b'],
    ['ż', '%C5%BC'],
    [7, '7'],
  ])('writes %j as the one segment %s', (value, segment) => {
    expect(fill(value)).toBe(`http://h.example/v1/contracts/${segment}/lines`)
  })

  it.each([
    ['.'],
    ['..'],
    ['%2e%2e'],
    ['%2E.'],
    ['%252e%252e'],
    ['%25252e%25252e'],
    ['a/../../b'],
    ['a%2f..%2fb'],
    ['..\\b'],
    ['..;x=1'],
    [`%${'25'.repeat(300)}2e.`],
    ['.. '],
    [''],
    [null],
    [[]],
    [['a', '']],
    ['a\r\nb'],
    ['a\u0000b'],
    ['a\u007fb'],
    ['\ud800'],
    ['x'.repeat(1_001)],
  ])('refuses %j', (value) => {
    expect(() => fill(value)).toThrow(expect.objectContaining({ name: 'ArgumentRefused' }))
  })

  it('never leaves the template, whatever the argument', () => {
    const hostile = fc.stringMatching(/^(?:\.|%2e|%25|%2E|%2F|\/|\\|\?|#|;|a|%2f|@|:| ){1,12}$/)

    fc.assert(
      fc.property(fc.oneof(fc.string(), hostile, fc.string({ unit: anyCharacter })), (value) => {
        let url: string
        try {
          url = fill(value)
        } catch {
          return
        }
        const { pathname, host } = new URL(url)
        expect(host).toBe('h.example')
        expect(pathname).toMatch(toPathPattern('/v1', template))
        expect(decodeURIComponent(pathname.split('/')[3] ?? '')).toBe(value)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('toPathPattern', () => {
  it.each([
    ['/v1/contracts/a/lines', true],
    ['/v1/contracts/a%2Fb/lines', true],
    ['/v1/contracts//lines', false],
    ['/v1/contracts/a/b/lines', false],
    ['/v1/contracts/a/lines/', false],
    ['/v1/contracts/a?b/lines', false],
    ['/v2/contracts/a/lines', false],
    ['/contracts/a/lines', false],
    ['/v1/lines', false],
    ['/v1xcontracts/a/lines', false],
  ])('judges %s: %s', (pathname, expected) => {
    expect(toPathPattern('/v1', template).test(pathname)).toBe(expected)
  })

  it('takes every fixed part literally', () => {
    const pattern = toPathPattern('', parseTemplate('/a.b/{id}.json', [id]))

    expect(pattern.test('/a.b/1.json')).toBe(true)
    expect(pattern.test('/axb/1.json')).toBe(false)
    expect(pattern.test('/a.b/1xjson')).toBe(false)
  })
})
