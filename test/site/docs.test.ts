import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parseDocs } from '../../site/docs.ts'

const FILE = join(import.meta.dirname, '../../generated/flowtly/docs.json')

function read(): Record<string, unknown> {
  const value: unknown = JSON.parse(readFileSync(FILE, 'utf8'))
  return { ...(typeof value === 'object' ? value : {}) }
}

describe('docs.json', () => {
  it('is read as it was written', () => {
    expect(parseDocs(read())).toEqual(read())
  })

  it.each<[what: string, value: unknown, said: RegExp]>([
    ['an older format', { ...read(), format: 2 }, /^is not of format 3$/],
    ['no format', {}, /^is not of format 3$/],
    ['no object', null, /^does not fit the pages: it /],
    ['a part that is missing', { ...read(), namespaces: undefined }, /namespaces/],
    ['a part that is another', { ...read(), document: { sha256: 1 } }, /document\.title/],
  ])('is refused with %s', (_what, value, said) => {
    expect(() => parseDocs(value)).toThrow(said)
  })
})
