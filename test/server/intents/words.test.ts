import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { splitWords, toStem } from '../../../server/intents/words.ts'

describe('splitWords', () => {
  it.each([
    ['bankAccounts.list', ['bank', 'accounts', 'list']],
    ['payment_schedule-lines', ['payment', 'schedule', 'lines']],
    ['HTTPServer v2API', ['http', 'server', 'v2', 'api']],
    ['Who are our clients?', ['clients']],
    ["the client's café", ['clients', 'cafe']],
    ['faktury nieopłacone', ['faktury', 'nieopłacone']],
    ['發票 2026', ['發票', '2026']],
    ['… — !', []],
    ['', []],
  ])('takes %j apart', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })

  it('gives plain lower-case words whatever it is given, and not too many', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        for (const word of splitWords(text)) expect(word).toMatch(/^[\p{L}\p{N}]+$/u)
      }),
    )
    expect(splitWords('word '.repeat(10_000))).toHaveLength(2_000)
  })
})

describe('toStem', () => {
  it.each([
    [['invoice', 'invoices', 'invoiced', 'invoicing']],
    [['company', 'companies']],
    [['tax', 'taxes']],
    [['branch', 'branches']],
    [['address', 'addresses']],
    [['plan', 'plans', 'planned', 'planning']],
    [['bill', 'bills', 'billed', 'billing']],
    [['run', 'runs', 'running']],
    [['schedule', 'scheduled']],
  ])('brings the forms %j together', (words) => {
    expect(new Set(words.map(toStem)).size).toBe(1)
  })

  it.each(['status', 'access', 'bus', 'need', 'ring', 'string', 'his', 'gas', 'red', '發票'])(
    'leaves %s as it is',
    (word) => {
      expect(toStem(word)).toBe(word)
    },
  )

  it('keeps words apart that are about something else', () => {
    const words = ['user', 'use', 'team', 'term', 'contract', 'contact', 'project', 'product']

    expect(new Set(words.map(toStem)).size).toBe(words.length)
  })
})
