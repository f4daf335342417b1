import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { fetchAt } from '../../support/fetch-at.ts'
import { startWithDemo } from '../../support/flowtly.ts'
import {
  crawlSite,
  findBrokenLinks,
  headingLevelsOf,
  idsOf,
  isInOrder,
  type CrawledPage,
} from '../../support/site-crawl.ts'

/** Of a page with all that it loads at once, as it is sent; the search comes later. */
const MAX_BYTES = 60_000

describe('the pages of the documentation', () => {
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let pages: readonly CrawledPage[]
  /** Without what leads to the console, and without files. */
  let written: readonly CrawledPage[]
  beforeAll(async () => {
    running = await startWithDemo({ TENANT_HOSTS: '{tenant}.mcp.example.test' })
    pages = await crawlSite({ from: `${running.connector.url}/` })
    written = pages.filter(({ path, html }) => /^\/(?:$|docs\/)/.test(path) && html !== '')
  })
  afterAll(() => running.close())

  it('are all there, and so is every place that a link leads to', () => {
    expect(written.length).toBeGreaterThan(20)
    expect(pages.filter(({ status }) => status !== 200)).toEqual([])
    expect(findBrokenLinks(pages)).toEqual([])
  })

  it('have their headings in order, and no id twice', () => {
    const disordered = written.filter(({ html }) => !isInOrder(headingLevelsOf(html)))
    const doubled = written.filter(({ html }) => new Set(idsOf(html)).size < idsOf(html).length)

    expect(disordered.map(({ path }) => path)).toEqual([])
    expect(doubled.map(({ path }) => path)).toEqual([])
  })

  it('have titles and descriptions of their own', () => {
    const titles = written.map(({ html }) => /<title>([^<]+)<\/title>/.exec(html)?.[1])
    const descriptions = written.map(
      ({ html }) => /<meta name="description" content="([^"]+)">/.exec(html)?.[1],
    )

    expect([...new Set(titles)].sort()).toEqual([...titles].sort())
    expect([...new Set(descriptions)].sort()).toEqual([...descriptions].sort())
  })

  it('weigh little, with everything that they load', async () => {
    const { url } = running.connector
    const weigh = async (path: string) => {
      const answer = await fetch(url + path, { headers: { 'accept-encoding': 'gzip' } })
      await answer.arrayBuffer()
      return Number(answer.headers.get('content-length'))
    }
    const assets = [...(pages[0]?.html ?? '').matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)]
    const loaded = assets.map(([, path = '']) => path)
    const shared = (await Promise.all(loaded.map(weigh))).reduce((sum, each) => sum + each, 0)
    const weights = await Promise.all(
      written.map(async ({ path }) => [path, shared + (await weigh(path))] as const),
    )

    expect(loaded).toContain('/assets/search.js')
    expect(shared).toBeGreaterThan(10_000)
    expect(weights.filter(([, bytes]) => bytes > MAX_BYTES)).toEqual([])
  })

  it('print the address of the host that they are read at', async () => {
    const { port, url } = running.connector
    const ask = fetchAt(port)
    const { protocol } = new URL(url)
    const acme = `${protocol}//acme.mcp.example.test:${port}`

    const [own, tenant, stranger] = await Promise.all([
      fetch(`${url}/docs/quickstart.md`).then((answer) => answer.text()),
      ask(`${acme}/docs/quickstart.md`).then((answer) => answer.text()),
      ask(`${protocol}//evil.example:${port}/docs/quickstart.md`).then((answer) => answer.text()),
    ])

    expect(own).toContain(`${url}/mcp`)
    expect(tenant).toContain(`${acme}/mcp`)
    expect(tenant).not.toContain(url)
    expect(stranger).not.toContain('evil.example')
  })
})
