import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openLineFile } from '../../../server/audit/line-file.ts'
import { createSpoolFolder } from './fixture.ts'

describe('a file of lines', () => {
  let folder: ReturnType<typeof createSpoolFolder>
  let path: string
  beforeEach(() => {
    folder = createSpoolFolder()
    path = join(folder.path, 'lines')
  })
  afterEach(() => folder.remove())

  it('is readable by its owner only, and has what was added', () => {
    const file = openLineFile(path)
    file.add('{"a":"Łódź"}')
    file.add('second')
    const left = openLineFile(path).left

    expect(statSync(path).mode & 0o077).toBe(0)
    expect(left).toEqual(['{"a":"Łódź"}', 'second'])
  })

  it('has nothing once it was cleared, and takes lines again', () => {
    const file = openLineFile(path)
    file.add('first')
    file.clear()
    const cleared = openLineFile(path).left
    file.add('second')

    expect(cleared).toEqual([])
    expect(openLineFile(path).left).toEqual(['second'])
  })

  it.each(['thi', 'third, all but its end', '\u0141'])(
    'does not have a line that was cut off: %s',
    (rest) => {
      openLineFile(path).add('first')
      appendFileSync(path, Buffer.from(rest).subarray(0, -1))
      const file = openLineFile(path)
      const { left } = file
      file.add('second')

      expect(left).toEqual(['first'])
      expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n')
    },
  )
})
