import { describe, expect, it } from '@jest/globals'
import { readProblemDetails } from '../../../server/upstream/problem-details.ts'

const PROBLEM = 'application/problem+json; charset=utf-8'

function read(status: number, problem: unknown, contentType = PROBLEM) {
  return readProblemDetails(status, contentType, JSON.stringify(problem))
}

describe('readProblemDetails', () => {
  it('passes on title and detail of a client error, and nothing else', () => {
    const problem = {
      type: 'about:blank',
      title: 'Forbidden',
      detail: 'Members may not.',
      trace: 'x',
    }

    expect(read(403, problem)).toEqual({ title: 'Forbidden', detail: 'Members may not.' })
  })

  it('says nothing of a server error', () => {
    expect(read(500, { title: 'Oops', detail: 'db-1 is down' })).toEqual({})
  })

  it.each([['application/json'], ['text/html'], ['']])('reads no %s', (contentType) => {
    expect(read(404, { title: 'Not found' }, contentType)).toEqual({})
  })

  it.each([['"text"'], ['null'], ['[1]'], ['{'], ['{"title": 7}'], ['{"title": "  "}']])(
    'gives no facts for %s',
    (body) => {
      expect(readProblemDetails(400, PROBLEM, body)).toEqual({})
    },
  )

  it.each([
    ['<h1>Bad</h1>'],
    ['see https://intern.example/x'],
    ['cannot reach 10.0.0.12'],
    ['cannot reach db-1.internal'],
    ['connect ECONNREFUSED localhost'],
    ['db:5432 refused'],
    ['TypeError: x\n    at handler (/srv/app/index.js:10:5)'],
    ['no such file: /etc/passwd'],
    ['C:\\app\\x.cs'],
    ['\\\\fileserver\\share'],
    ['Could not connect to pg-7.eu-west-1.rds.amazonaws.com'],
    ['db01.acme-corp.com refused'],
    ['no route to fe80::1'],
    ['at com.acme.Foo(Foo.java)'],
    ['File "app/views.py", line 3'],
    ['X-Internal-Token: abc123'],
    ['Authorization: Bearer eyJ'],
    ['see http:\u200b//intern/x'],
  ])('keeps %j to itself', (detail) => {
    expect(read(400, { detail })).toEqual({})
  })

  it.each([
    ['Members may not read bank accounts.'],
    ['There is no invoice inv_000123.'],
    ['The value of "pageSize" must be at most 100 (got 1000).'],
    ['Ask owner@acme.com for access.'],
    ['Invoice line 3 has no tax group.'],
    ['Due between 2026-11-01 and 2026-11-30, at 12:30:45.'],
  ])('passes on %j', (detail) => {
    expect(read(400, { detail })).toEqual({ detail })
  })

  it('judges a long text at the price of a short one, and reads no huge document', () => {
    const { detail = '' } = read(400, { detail: 'a-'.repeat(20_000) })

    expect(detail).toHaveLength(500)
    expect(read(400, { detail: 'a'.repeat(70_000) })).toEqual({})
  })

  it('makes one short line of a long text', () => {
    const { detail = '' } = read(400, { detail: `a\r\n\u2028b\u0000${'c'.repeat(2_000)}` })

    expect(detail.startsWith('a b c')).toBe(true)
    expect(detail).toHaveLength(500)
    expect(detail.endsWith('…')).toBe(true)
  })
})
