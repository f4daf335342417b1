import { describe, expect, it } from '@jest/globals'
import { assignKeys, parseToolName, toWords } from '../../../codegen/tool/names.ts'
import { nearest } from '../../../codegen/nearest.ts'

describe('parseToolName', () => {
  it.each(['invoices.list', 'bankAccounts.get', 'a.b', `a.${'b'.repeat(62)}`])('takes %s', (name) =>
    expect(parseToolName(name)).not.toBeNull(),
  )
  it.each([
    '',
    '.',
    'a',
    'a.',
    '.b',
    'a.b.c',
    'A.b',
    'a.B',
    'a_b.c',
    'a-b.c',
    'a.b ',
    'a.1',
    `a.${'b'.repeat(63)}`,
  ])('refuses %j', (name) => expect(parseToolName(name)).toBeNull())
})

describe('assignKeys', () => {
  const query = (...names: string[]) => names.map((name) => ({ name, in: 'query' }))

  it.each([
    [query('a', 'b_c', 'D1'), ['a', 'b_c', 'D1']],
    [query('a[b]', 'a.b', 'a_b'), ['query_a_b', 'query_a_b_2', 'a_b']],
    [query('$filter', 'uids[]', 'x-y'), ['filter', 'uids', 'x_y']],
    [query('at<', 'at>', 'at'), ['at_lt', 'at_gt', 'at']],
    [
      query('DateCreated<=', 'DateCreated>=', 'a!'),
      ['DateCreated_lte', 'DateCreated_gte', 'a_not'],
    ],
    [query('filter[name]', 'f.bib', 'Ärger'), ['filter_name', 'f_bib', 'Arger']],
    [query('__proto__', 'toString', 'hasOwnProperty'), ['proto', 'toString_', 'hasOwnProperty_']],
    [query('é', '過', '[]'), ['e', 'parameter', 'query_parameter']],
    [
      [...query('id'), { name: 'id', in: 'path' }],
      ['query_id', 'id'],
    ],
    [
      [{ name: 'id', in: 'body' }, ...query('id'), { name: 'id', in: 'path' }],
      ['body_id', 'query_id', 'id'],
    ],
    [
      [...query('id', 'path_id'), { name: 'i/d', in: 'path' }],
      ['id', 'path_id', 'i_d'],
    ],
  ])('calls %j by safe keys', (parameters, keys) => {
    expect(assignKeys(parameters)).toEqual(keys)
  })

  it('gives distinct keys that clients accept to whatever names there are', () => {
    const names = ['x'.repeat(100), 'x'.repeat(101), 'x'.repeat(64), 'x[]', 'x{}', 'x ', 'X', '']
    const keys = assignKeys(query(...names))

    expect(new Set(keys).size).toBe(names.length)
    for (const key of keys) expect(key).toMatch(/^[a-zA-Z0-9_]{1,64}$/)
  })
})

describe('toWords', () => {
  it('takes camelCase apart', () => expect(toWords('bankAccounts')).toBe('bank accounts'))
})

describe('nearest', () => {
  it.each([
    ['listInvoice', 'listInvoices'],
    ['LISTINVOICES', 'listInvoices'],
    ['listInvioces', 'listInvoices'],
    ['zzz', null],
  ])('finds for %s %s', (word, match) => {
    expect(nearest(word, ['getInvoice', 'listInvoices', 'me'])).toBe(match)
  })
})
