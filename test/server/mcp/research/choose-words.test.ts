import { describe, expect, it } from '@jest/globals'
import { chooseWords } from '../../../../server/mcp/research/choose-words.ts'

describe('the words of a query', () => {
  it.each<[query: string, words: readonly string[]]>([
    ['Nordwind', ['Nordwind']],
    ['Which invoices are from "Nordwind Software"?', ['invoices', 'Nordwind', 'Software']],
    ['the offer of Żabka', ['offer', 'Żabka', 'the']],
    ['INV-2026-0042, please', ['INV-2026-0042', 'please']],
    ['#0337 paid', ['#0337', 'paid']],
    ['rent Rent RENT', ['RENT']],
    ['合同 合同编号', ['合同编号']],
    ['is it ok? - ...', []],
    ['', []],
  ])('of %j are %j', (query, words) => {
    expect(chooseWords(query)).toEqual(words)
  })
})
