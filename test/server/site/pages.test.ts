import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { credentials, startWithDemo } from '../../support/flowtly.ts'

let running: Awaited<ReturnType<typeof startWithDemo>>
let url: string
beforeAll(async () => {
  running = await startWithDemo()
  url = running.connector.url
})
afterAll(() => running.close())

function get(path: string, headers: Readonly<Record<string, string>> = {}, init: RequestInit = {}) {
  return fetch(url + path, { redirect: 'manual', ...init, headers })
}

describe('the documentation', () => {
  it.each([
    ['/', undefined, 'text/html'],
    ['/', '*/*', 'text/html'],
    ['/', 'application/json', 'text/html'],
    ['/', 'text/markdown', 'text/markdown'],
    ['/', 'text/markdown, text/html;q=0.9', 'text/markdown'],
    ['/', 'text/html, text/markdown;q=0.9', 'text/html'],
    ['/', 'text/html;q=0.2, text/markdown;q=0.3', 'text/markdown'],
    ['/', 'text/markdown;q=0, */*', 'text/html'],
    ['/docs/quickstart', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
    ['/docs/quickstart', 'text/markdown, */*;q=0.1', 'text/markdown'],
    ['/docs/nothing', 'text/markdown', 'text/markdown'],
  ])('gives %s to whoever accepts %s as %s', async (path, accept, type) => {
    const answer = await get(path, accept === undefined ? {} : { accept })

    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
    expect(answer.headers.get('vary')?.split(', ')).toEqual(['Accept', 'Accept-Encoding'])
  })

  it.each([
    ['/index.md', '/'],
    ['/docs/quickstart.md', '/docs/quickstart'],
    ['/docs/tools/invoices.md', '/docs/tools/invoices'],
    ['/docs/search.md', '/docs/search'],
  ])('has at %s the Markdown of %s, whatever is accepted', async (file, page) => {
    const [there, here] = await Promise.all([
      get(file, { accept: 'text/html' }),
      get(page, { accept: 'text/markdown' }),
    ])
    const text = await there.text()

    expect(there.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(text).toBe(await here.text())
    expect(text).toMatch(/^# \S/)
    expect(text).not.toMatch(/\]\(\/|\]\(\.\.?\//)
  })

  it.each(['/', '/docs/quickstart', '/docs/quickstart.md', '/llms.txt', '/docs/search.json'])(
    'may be kept for a while, and is not sent twice: %s',
    async (path) => {
      const first = await get(path)
      const etag = first.headers.get('etag') ?? ''
      const again = await get(path, { 'if-none-match': etag, 'cache-control': 'max-age=0' })
      const plain = await get(path, { 'accept-encoding': 'identity' })

      expect(first.headers.get('cache-control')).toBe('public, max-age=300')
      expect(first.headers.get('content-encoding')).toBe('gzip')
      expect(etag).toMatch(/^"[\w-]{43}-gzip"$/)
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(plain.headers.get('content-encoding')).toBeNull()
      expect(plain.headers.get('etag')).toBe(etag.replace('-gzip', ''))
      expect(await plain.text()).toBe(await first.text())
    },
  )

  it('is compressed as the client likes it best', async () => {
    const answer = await get('/docs/quickstart', { 'accept-encoding': 'gzip;q=0.5, br' })

    expect(answer.headers.get('content-encoding')).toBe('br')
    expect(await answer.text()).toContain('<!doctype html>')
  })

  it('answers HEAD as GET, without a body', async () => {
    const [head, whole] = await Promise.all([get('/', {}, { method: 'HEAD' }), get('/')])

    expect(head.status).toBe(200)
    expect(head.headers.get('etag')).toBe(whole.headers.get('etag'))
    expect(head.headers.get('content-length')).toBe(whole.headers.get('content-length'))
    expect(await head.text()).toBe('')
  })

  it('lets a page load nothing but what is served here, and be framed by nobody', async () => {
    const { headers } = await get('/docs/quickstart')

    expect(headers.get('content-security-policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('set-cookie')).toBeNull()
  })

  it.each([
    '/docs/nothing',
    '/docs/tools/nothing',
    '/docs/nothing.md',
    '/docs/.md',
    '/docs/%',
    '/docs/..%2f..%2fpackage.json',
    '/docs/<script>alert(1)</script>',
    '/docs/nothing/',
    '/docs//evil.example/',
    '/docs/__proto__',
  ])('tells at %s that there is no such page, and what there is', async (path) => {
    const answer = await get(path)
    const text = await answer.text()

    expect(answer.status).toBe(404)
    expect(text).toContain('There is no such page')
    expect(text).toMatch(/\/docs\/quickstart/)
    expect(text).not.toContain('alert(1)')
  })

  it.each([
    ['/docs', '/'],
    ['/docs/', '/'],
    ['/docs/quickstart/', '/docs/quickstart'],
    ['/docs/search/', '/docs/search'],
  ])('leads from %s to %s', async (from, to) => {
    const answer = await get(from)

    expect([answer.status, answer.headers.get('location')]).toEqual([302, to])
  })

  it.each(['/', '/docs/quickstart', '/llms.txt'])('takes nothing at %s', async (path) => {
    const answer = await get(path, {}, { method: 'POST' })

    expect(answer.status).toBe(405)
  })

  it('is there without any credential, and changes nothing for who has one', async () => {
    const answer = await fetch(`${url}/mcp`, {
      method: 'POST',
      headers: { ...credentials(), 'content-type': 'application/json', accept: 'text/markdown' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
    })

    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(await answer.json()).toMatchObject({ id: 1, result: { tools: expect.any(Array) } })
  })

  it('tells AI assistants in llms.txt about every page, as Markdown', async () => {
    const text = await (await get('/llms.txt')).text()
    const targets = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target)
    const answers = await Promise.all(targets.map((target) => fetch(target)))
    const types = new Set(answers.map(({ headers }) => headers.get('content-type')))

    expect(text).toMatch(/^# Flowtly connector\n\n> [^\n]+/)
    expect(targets.length).toBeGreaterThan(20)
    expect(answers.map(({ status }) => status)).toEqual(targets.map(() => 200))
    expect([...types]).toEqual(['text/markdown; charset=utf-8'])
    expect(await (await get('/llms-full.txt')).text()).toContain('## invoices.list')
  })
})

describe('the list of those who search without a script', () => {
  it('has every page and every tool by name', async () => {
    const text = await (await get('/docs/search.md')).text()

    expect(text).toContain(`- [Quickstart](${url}/docs/quickstart.md)`)
    expect(text).toContain(`- [invoices.get](${url}/docs/tools/invoices.md#invoices-get)`)
    expect(text.match(/^- \[\w+\.\w+\]/gm)).toHaveLength(16)
  })

  it('keeps what has every word in its name or description', async () => {
    const text = await (await get('/docs/search.md?q=INVOICE%20read')).text()

    expect(text).toContain('- [invoices.get]')
    expect(text).not.toContain('- [projects.list]')
  })

  it.each([
    ['?q=nothing-is-called-so', 'Try another word'],
    ['?q=%3Cscript%3Ealert(1)%3C/script%3E', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`?q=${'a'.repeat(5000)}`, 'a'.repeat(100)],
    ['?q=a&q=b', '<code>a</code>'],
    ['?q=%00%ff', 'Try another word'],
  ])('answers %s with a page', async (query, said) => {
    const answer = await get(`/docs/search${query}`)
    const html = await answer.text()

    expect(answer.status).toBe(200)
    expect(html).toContain(said)
    expect(html).not.toContain('<script>alert')
    expect(html).not.toContain('a'.repeat(101))
  })
})
