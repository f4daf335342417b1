import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseLossless } from '../../../server/mcp/lossless-json.ts'
import { toStructuredContent } from '../../../server/mcp/structured-content.ts'

const TEXT = { type: ['string', 'number', 'null'] }
const SCHEMA = {
  type: 'object',
  properties: {
    id: TEXT,
    tags: { type: ['array', 'null'], items: TEXT },
    party: { type: ['object', 'null'], properties: { name: TEXT, open: {} } },
    items: {
      type: ['array', 'null'],
      items: { type: ['object', 'null'], properties: { id: TEXT } },
    },
  },
}

describe('toStructuredContent', () => {
  it.each([
    ['what fits', { id: 'a', tags: ['x', null], party: { name: 1, open: [true] }, more: {} }],
    ['what is absent', {}],
    ['null', { id: null, tags: null, party: null }],
  ])('keeps %s', (_what, answer) => {
    expect(toStructuredContent(answer, SCHEMA)).toEqual(answer)
  })

  it('leaves out what is of another type', () => {
    const answer = { id: true, tags: ['x', {}], party: [], more: 1, items: [{ id: [] }, 7] }

    expect(toStructuredContent(answer, SCHEMA)).toEqual({
      tags: ['x', null],
      more: 1,
      items: [{}, null],
    })
  })

  it.each([
    ['a list', [{ id: 'a' }], { items: [{ id: 'a' }] }],
    ['a text', 'x', { value: 'x' }],
    ['null', null, { value: null }],
    ['a long number', parseLossless('12345678901234567890'), { value: expect.anything() }],
  ])('wraps %s', (_what, answer, content) => {
    expect(toStructuredContent(answer, SCHEMA)).toEqual(content)
  })

  it('keeps long numbers as they were written', () => {
    const text = '{"id":12345678901234567890,"more":1e400}'

    expect(JSON.stringify(toStructuredContent(parseLossless(text), SCHEMA))).toBe(text)
  })

  it('always satisfies the schema', () => {
    const isValid = new Ajv2020({ strictTypes: false }).compile(SCHEMA)
    const value = fc.jsonValue()
    const drifted = fc.record(
      { id: value, tags: value, party: value, items: value },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(value, drifted, fc.array(drifted)), (answer) => {
        expect(isValid(toStructuredContent(answer, SCHEMA))).toBe(true)
      }),
    )
  })
})
