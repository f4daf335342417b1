import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../demo/server.ts'
import type { Demo } from '../../demo/server.ts'
import { createApiClient } from './support/client.ts'
import type { Answer } from './support/client.ts'
import { readContract } from './support/contract.ts'
import type { Contract } from './support/contract.ts'

describe('the check of answers against the document', () => {
  let demo: Demo
  let contract: Contract
  let good: Answer

  beforeAll(async () => {
    demo = await startDemo()
    contract = await readContract()
    good = await createApiClient(demo).get('/invoices/inv_000123')
  })

  afterAll(() => demo.close())

  it('passes a good answer', () => {
    expect(contract.judge('getInvoice', good)).toEqual([])
  })

  it.each([
    ['a status that is not documented', { status: 418 }, /status 418/],
    [
      'a content type that is not documented',
      { headers: new Headers({ 'content-type': 'text/html' }) },
      /content type/,
    ],
    ['a body that is no JSON', { json: undefined }, /not JSON/],
    ['a field that is missing', { json: {} }, /required/],
  ])('fails %s', (_name, change, reason) => {
    expect(contract.judge('getInvoice', { ...good, ...change }).join('\n')).toMatch(reason)
  })

  it.each([
    ['a field that is not documented', { secret: 1 }, /unevaluated/],
    ['a value of the wrong type', { total: '12' }, /\/total must be number/],
    ['a day that does not exist', { dueDate: '2026-02-30' }, /format "date"/],
    ['a value outside its list', { status: 'lost' }, /allowed values/],
    [
      'a nested field that is not documented',
      { counterparty: { id: 'a', name: 'b', iban: 'c' } },
      /\/counterparty must NOT have unevaluated/,
    ],
  ])('fails %s', (_name, change, reason) => {
    const json = Object.assign({}, good.json, change)

    expect(contract.judge('getInvoice', { ...good, json }).join('\n')).toMatch(reason)
  })

  it('fails a 429 without Retry-After', () => {
    const json = { type: 'about:blank', title: 'Too Many Requests', status: 429 }
    const headers = new Headers({ 'content-type': 'application/problem+json' })

    expect(contract.judge('getInvoice', { ...good, status: 429, headers, json })).toEqual([
      'header "Retry-After" is missing',
    ])
  })
})
