import { describe, expect, it } from '@jest/globals'
import * as fc from 'fast-check'
import { parseRecordId, writeRecordId } from '../../../../server/mcp/research/record-id.ts'
import { anyCharacter } from '../../../support/any-character.ts'

const ids = fc.string({ unit: anyCharacter, minLength: 1, maxLength: 100 })

describe('the id of a record', () => {
  it('is read back as it was written, whatever the upstream calls its records', () => {
    fc.assert(
      fc.property(fc.constantFrom('invoices', 'bankAccounts', 'a1'), ids, (namespace, id) => {
        const text = writeRecordId({ namespace, id })

        expect(text === null ? null : parseRecordId(text)).toEqual(
          id.isWellFormed() ? { namespace, id } : null,
        )
      }),
    )
  })

  it('has one spelling: what is read is what would be written', () => {
    const texts = fc.oneof(
      ids,
      fc.tuple(fc.constantFrom('invoices/', 'x', ''), ids).map((parts) => parts.join('')),
      ids.map((id) => `invoices/${encodeURIComponent(id.toWellFormed())}`),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const record = parseRecordId(text)

        expect(record === null ? text : writeRecordId(record)).toBe(text)
      }),
    )
  })

  it.each([
    '',
    'invoices',
    'invoices/',
    '/inv_1',
    'invoices/inv_1/',
    'invoices/inv_1/lines',
    'invoices//inv_1',
    'Invoices/inv_1',
    'invoices.get/inv_1',
    ' invoices/inv_1',
    'invoices/inv_1\n',
    'invoices/inv 1',
    'invoices/%69nv_1',
    'invoices/%2finv_1',
    'invoices/%',
    'invoices/%ff',
    'invoices/inv_1?x=1',
    'invoices/inv_1#x',
    'https://app.flowtly.example/invoices/inv_1',
    `invoices/${'a'.repeat(501)}`,
  ])('is not %j', (text) => {
    expect(parseRecordId(text)).toBeNull()
  })

  it.each([[''], ['a'.repeat(501)], ['\ud800']])('is not written for %j', (id) => {
    expect(writeRecordId({ namespace: 'invoices', id })).toBeNull()
  })
})
