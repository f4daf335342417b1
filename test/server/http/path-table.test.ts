import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { createPathTable } from '../../../server/http/path-table.ts'
import { createRouter } from '../../../server/http/router.ts'

const PATHS = ['/mcp', '/api/mcp', '/api/My_mcp-2']

describe('a table of paths', () => {
  const find = createPathTable(new Map(PATHS.map((path) => [path, path])))
  const router = createRouter()
  for (const path of PATHS) router.all(path, (_, next) => next())

  const known = fc.constantFrom(...PATHS)
  const asked = fc.oneof(
    known,
    known.map((path) => `${path}/`),
    known.map((path) => `${path}//`),
    known.map((path) => `/${path}`),
    known.map((path) => path.slice(1)),
    fc.mixedCase(known),
    fc.mixedCase(known).map((path) => `${path}/`),
    fc.webPath(),
    fc.string().map((text) => `/${text}`),
  )

  it('finds what the router would find', () => {
    fc.assert(
      fc.property(asked, (path) => {
        const [layer] = router.match(path, 'POST').pathAndMethod

        expect(find(path) ?? null).toBe(layer?.path ?? null)
      }),
    )
  })
})
