import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { fillText, fillUri } from '../../../../server/mcp/prompts/fill-template.ts'

describe('the text of a prompt', () => {
  it.each<[rule: string, text: string, given: Record<string, string>, filled: string]>([
    [
      'has values in place of their arguments',
      'Review {a} of {b}.',
      { a: 'x', b: 'y' },
      'Review x of y.',
    ],
    ['names a value twice where it stands twice', '{a} and {a}', { a: 'x' }, 'x and x'],
    ['has no template in a value', '{a} {b}', { a: '{b}', b: '$& $1 {a}' }, '{b} $& $1 {a}'],
    ['leaves a line out that names what was not given', 'One.\nOnly {b}.\nTwo.', {}, 'One.\nTwo.'],
    ['leaves no gap there', 'One.\n\nOnly {b}.\n\nTwo.', {}, 'One.\n\nTwo.'],
    ['neither at its begin nor at its end', 'Only {b}.\n\nOne.\n\nOnly {b}.', {}, 'One.'],
    ['leaves nothing in but what was given', 'One.\n{a}', {}, 'One.'],
    ['keeps other braces', 'As {"c": {}} or {c}.', {}, 'As {"c": {}} or {c}.'],
    ['keeps a value of several lines', 'Say {a}.', { a: 'x\n\n\n\ny' }, 'Say x\n\n\n\ny.'],
  ])('%s', (_rule, text, given, filled) => {
    expect(fillText(text, ['a', 'b'], new Map(Object.entries(given)))).toBe(filled)
  })

  it('holds each value as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        expect(
          fillText(
            '[{a}] [{b}]',
            ['a', 'b'],
            new Map([
              ['a', a],
              ['b', b],
            ]),
          ),
        ).toBe(`[${a}] [${b}]`)
      }),
    )
  })
})

describe('the URI of what goes with a prompt', () => {
  it.each<[rule: string, template: string, given: Record<string, string>, uri: string | null]>([
    ['has the value', 'a://b/{id}', { id: 'x_1' }, 'a://b/x_1'],
    [
      'has it encoded',
      'a://b/{id}',
      { id: 'x/../ü?#%41!*' },
      'a://b/x%2F..%2F%C3%BC%3F%23%2541%21%2A',
    ],
    ['has it as it is where it is a part of a URI', '{+id}/c', { id: 'a://b?x' }, 'a://b?x/c'],
    ['is none where a value is missing', 'a://b/{id}/{part}', { id: 'x' }, null],
    ['is itself where nothing is missing', 'a://b/c', {}, 'a://b/c'],
  ])('%s', (_rule, template, given, uri) => {
    expect(fillUri(template, new Map(Object.entries(given)))).toBe(uri)
  })

  it('is one segment longer than its template, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (id) => {
        const uri = fillUri('a://b/{id}', new Map([['id', id]])) ?? ''

        expect(uri).toMatch(/^a:\/\/b\/(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})+$/)
        expect(decodeURIComponent(uri.slice('a://b/'.length))).toBe(id.toWellFormed())
      }),
    )
  })
})
