import { describe, expect, it } from '@jest/globals'
import { readBearer } from '../../../server/access/authenticator.ts'

const realm = { label: '', issuer: 'https://mcp.example', resource: 'https://mcp.example/mcp' }

describe('a bearer token is read from "Authorization"', () => {
  it.each([
    ['Bearer abc', 'abc'],
    ['bearer abc', 'abc'],
    ['  BEARER   abc  ', 'abc'],
    ['Bearer a b', 'a b'],
    ['Bearer a\nb', 'a\nb'],
    ['Bearer', ''],
    ['Bearer ', ''],
    ['', null],
    ['Basic abc', null],
    ['Bearerabc', null],
    ['Bearer\tabc', null],
    ['Bearer\nabc', null],
    ['x Bearer abc', null],
  ])('%j gives %j', (header, token) => {
    const readHeader = (name: string) => (name === 'authorization' ? header : '')

    expect(readBearer({ readHeader, realm, requestId: 'r1' })).toBe(token)
  })
})
