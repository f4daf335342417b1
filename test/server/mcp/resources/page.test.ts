import { describe, expect, it } from '@jest/globals'
import { toPage } from '../../../../server/mcp/resources/page.ts'

const LIST = Array.from({ length: 120 }, (_, index) => `key-${index}`)
const self = (key: string) => key

function readAll(list: readonly string[]): readonly (readonly string[])[] {
  const pages: (readonly string[])[] = []
  let cursor: string | undefined
  do {
    const page = toPage(list, self, cursor)
    pages.push(page.items)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return pages
}

describe('the pages of a list', () => {
  it.each([
    [0, [0]],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [100, [50, 50]],
    [120, [50, 50, 20]],
  ])('of %i have %j items, all of them in order', (length, sizes) => {
    const pages = readAll(LIST.slice(0, length))

    expect(pages.map(({ length: size }) => size)).toEqual(sizes)
    expect(pages.flat()).toEqual(LIST.slice(0, length))
  })

  it('go on where they were when others are gone', () => {
    const { nextCursor } = toPage(LIST, self, undefined)

    const { items } = toPage(LIST.slice(40), self, nextCursor)

    expect(items[0]).toBe('key-50')
  })

  it('do not show their keys in cursors', () => {
    expect(toPage(LIST, self, undefined).nextCursor).not.toContain('key')
  })

  it.each(['', 'nonsense', 'a2V5LTA=', 'key-49', '\u0000'])(
    'are asked to begin again by the cursor %j',
    (cursor) => {
      expect(() => toPage(LIST, self, cursor)).toThrow(
        expect.objectContaining({ code: -32602, message: expect.stringContaining('cursor') }),
      )
    },
  )
})
