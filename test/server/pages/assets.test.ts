import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startPageServer } from './page-server.ts'

describe('the style sheets', () => {
  let server: Awaited<ReturnType<typeof startPageServer>>
  beforeAll(async () => {
    server = await startPageServer([])
  })
  afterAll(() => server.close())

  it.each(['/assets/pico.css', '/assets/theme.css'])('%s may be kept for an hour', async (path) => {
    const answer = await fetch(server.url + path)

    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('etag')).toMatch(/^"[\w-]{43}-gzip"$/)
    expect(await answer.text()).toContain(':root')
  })

  it('are not sent again while they are the same', async () => {
    const url = `${server.url}/assets/style.css`
    const etag = (await fetch(url)).headers.get('etag') ?? ''

    const ask = (known: string) =>
      fetch(url, { headers: { 'if-none-match': known, 'cache-control': 'max-age=0' } })
    const same = await ask(etag)
    const other = await ask('"other"')

    expect([same.status, await same.text()]).toEqual([304, ''])
    expect(other.status).toBe(200)
  })

  it('answer HEAD without a body', async () => {
    const answer = await fetch(`${server.url}/assets/pico.css`, { method: 'HEAD' })

    expect(answer.status).toBe(200)
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(10_000)
  })

  it.each(['/assets/', '/assets/other.css', '/assets/..%2Frender.ts', '/assets/style.css/'])(
    'are all there is: not %s',
    async (path) => {
      const answer = await fetch(server.url + path)

      expect(answer.status).toBe(404)
      expect(answer.headers.get('cache-control')).toBe('no-store')
    },
  )
})
