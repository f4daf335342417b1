import { describe, expect, it } from '@jest/globals'
import { parseLossless } from '../../../../server/mcp/lossless-json.ts'
import { fillTitle, fillUrl } from '../../../../server/mcp/research/fill-template.ts'

const RECORD = parseLossless(
  '{"id":"a/b c","number":12345678901234567890,"total":7,"open":true,"none":null,"empty":"",' +
    '"buyer":{"name":"Nord\\n wind"},"tags":[{"name":"one"},{"name":"two"}],"up":"..","half":"\\ud800"}',
)
const PAGE = 'https://shop.example/o'

describe('a title', () => {
  it.each([
    ['{id}', 'a/b c'],
    ['No. {number} ({total})', 'No. 12345678901234567890 (7)'],
    ['{buyer.name}', 'Nord wind'],
    ['{tags.name}', 'one'],
    ['  {none} {id} {empty}  ', 'a/b c'],
    ['{none}{empty}{buyer}{open}{nothing.there}{id.length}{__proto__}', ''],
    ['{half}!', '\ufffd!'],
  ])('%j is %j', (template, title) => {
    expect(fillTitle(template, RECORD)).toBe(title)
  })

  it('is no longer than a line', () => {
    expect(fillTitle('{text}', { text: 'a'.repeat(1_000) })).toHaveLength(200)
  })

  it.each([null, undefined, 'text', []])('is empty for %j, which is no record', (record) => {
    expect(fillTitle('{id}', record)).toBe('')
  })
})

describe('the URL of a page', () => {
  it.each([
    [`${PAGE}/{id}`, `${PAGE}/a%2Fb%20c`],
    [`${PAGE}?id={number}#{id}`, `${PAGE}?id=12345678901234567890#a%2Fb%20c`],
    [`${PAGE}/{none}`, null],
    [`${PAGE}/{empty}/{id}`, null],
    [`${PAGE}/{up}`, null],
    [`${PAGE}/{half}`, null],
    [`${PAGE}/{buyer}`, null],
  ])('%j is %j', (template, url) => {
    expect(fillUrl(template, RECORD)).toBe(url)
  })
})
