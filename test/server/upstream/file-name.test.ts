import { describe, expect, it } from '@jest/globals'
import { parseFileName } from '../../../server/upstream/file-name.ts'

describe('parseFileName', () => {
  it.each([
    ['attachment; filename=report.pdf', 'report.pdf'],
    ['attachment; filename="Q3 report.pdf"', 'Q3 report.pdf'],
    ['attachment; filename="a\\"b.pdf"', 'ab.pdf'],
    ["attachment; filename=x.pdf; filename*=UTF-8''za%C5%BC%C3%B3%C5%82%C4%87.pdf", 'zażółć.pdf'],
    ["inline; FILENAME*=iso-8859-1'en'%E9.txt", 'é.txt'],
    ['attachment; filename="../../etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\\\temp\\\\x.exe"', 'x.exe'],
    ["attachment; filename*=UTF-8''..%2F..%2Fx.sh", 'x.sh'],
    ["attachment; filename*=UTF-8''a%00%0D%0Ab.txt", 'ab.txt'],
    ['attachment; filename="\u202egpj.exe"', 'gpj.exe'],
    ['attachment; filename="..."', null],
    ['attachment; filename=""', null],
    ['attachment', null],
    ['filename=x', null],
    [null, null],
  ])('reads %j', (header, name) => {
    expect(parseFileName(header)).toBe(name)
  })

  it('cuts a long name and breaks no character', () => {
    const name = parseFileName(`attachment; filename*=UTF-8''${'%F0%9F%98%80'.repeat(500)}`)

    expect(name).toBe('😀'.repeat(120))
  })

  it.each(['; filename="', "; filename*=utf-8''", '; filename= ', '\\'])(
    'comes to an end with what is made to take for ever: %s',
    (part) => expect(typeof parseFileName(part.repeat(5_000))).toMatch(/string|object/),
  )
})
