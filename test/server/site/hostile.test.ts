import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { z } from 'zod'
import { TEST_SECRET_KEY } from '../../support/flowtly.ts'
import { openWatchedPage } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { writeHostileAllowList, writeHostileDocument } from '../../support/hostile-document.ts'
import { createProjectCopy, type ProjectCopy } from '../../support/project-copy.ts'
import { findFreePorts, startServerProcess } from '../../support/server-process.ts'
import {
  crawlSite,
  findBrokenLinks,
  headingLevelsOf,
  isInOrder,
  type CrawledPage,
} from '../../support/site-crawl.ts'

const seen = z.object({
  hit: z.unknown(),
  handlers: z.array(z.string()),
  schemes: z.array(z.string()),
  foreign: z.array(z.string()),
  elements: z.array(z.string()),
})

/** What a browser made of a page: everything that could run, load or lead away. */
const INSPECT = `(() => {
  const all = [...document.querySelectorAll('*')]
  return {
    hit: window.hit ?? null,
    handlers: all.flatMap((each) => each.getAttributeNames().filter((name) => /^on|^style$|^src(set|doc)?$/.test(name))
      .map((name) => each.tagName + ' ' + name + '=' + each.getAttribute(name))),
    schemes: [...new Set([...document.querySelectorAll('a')].map(({ protocol }) => protocol))],
    foreign: [...document.querySelectorAll('script, link')]
      .map(({ src, href }) => src || href).filter((address) => !/^data:,$/.test(address) && new URL(address).origin !== location.origin),
    elements: [...new Set(all.map(({ localName }) => localName))].sort(),
  }
})()`

const ELEMENTS = [
  ...['a', 'bdi', 'blockquote', 'body', 'button', 'code', 'details', 'div', 'em', 'footer', 'form'],
  ...[
    'h1',
    'h2',
    'h3',
    'h4',
    'head',
    'header',
    'html',
    'hr',
    'input',
    'label',
    'li',
    'link',
    'main',
  ],
  ...['meta', 'nav', 'ol', 'p', 'pre', 's', 'script', 'section', 'span', 'strong', 'summary'],
  ...['table', 'tbody', 'td', 'th', 'thead', 'title', 'tr', 'ul', 'br'],
]

describeWithBrowser('the documentation of a connector whose document is hostile', () => {
  let project: ProjectCopy
  let browser: Browser
  let url: string
  let pages: readonly CrawledPage[]
  /** Without files, and without what leads to the console. */
  let written: readonly CrawledPage[]
  const opened = new AsyncDisposableStack()

  beforeAll(async () => {
    project = createProjectCopy()
    opened.defer(() => project.remove())
    project.write('specs/evil/openapi.yaml', writeHostileDocument())
    project.write('specs/evil/allow-list.yaml', writeHostileAllowList())
    await project.run(['codegen/cli.ts'])
    const [port = 0] = await findFreePorts(1)
    const env = {
      CONNECTOR: 'evil',
      UPSTREAM_URL: 'http://127.0.0.1:9/v1',
      SECRET_KEY: TEST_SECRET_KEY.reveal(),
    }
    const server = await startServerProcess(port, env, project.folder)
    opened.defer(async () => {
      await server.stop()
    })
    url = `http://127.0.0.1:${port}`
    browser = await openBrowser()
    opened.defer(() => browser.close())
    pages = await crawlSite({ from: `${url}/` })
    written = pages.filter(({ path, html }) => /^\/(?:$|docs\/)/.test(path) && html !== '')
  }, 120_000)
  afterAll(() => opened.disposeAsync())

  it('has all of its pages, with headings in order and links that lead somewhere', () => {
    const disordered = written.filter(({ html }) => !isInOrder(headingLevelsOf(html)))

    expect(written.length).toBeGreaterThan(10)
    expect(findBrokenLinks(pages)).toEqual([])
    expect(disordered.map(({ path }) => path)).toEqual([])
  })

  it.each([true, false])('runs, loads and leads to nothing (scripts: %s)', async (scripts) => {
    const { page, complaints, close } = await openWatchedPage(browser, {
      // Without the policy, so that the pages alone have to hold.
      bypassCSP: scripts,
    })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const found: unknown[] = []
    for (const { path } of written) {
      await page.goto(url + path)
      const { hit, handlers, schemes, foreign, elements } = seen.parse(await page.evaluate(INSPECT))
      const own = handlers.filter((each) => !/^SCRIPT src=\/assets\/docs\.js$/.test(each))
      const strange = elements.filter((name) => !ELEMENTS.includes(name))
      const wrong = schemes.filter(
        (each) =>
          !['http:', 'https:', 'mailto:', 'cursor:', 'vscode:', 'vscode-insiders:'].includes(each),
      )
      if (hit !== null || own.length + strange.length + foreign.length + wrong.length > 0) {
        found.push({ path, hit, own, strange, foreign, wrong })
      }
    }

    expect(found).toEqual([])
    expect(asked.filter((address) => !address.startsWith(url))).toEqual([])
    expect(complaints).toEqual([])
    await close()
  })

  it('shows what it was given as text, and the search does, too', async () => {
    const { page, complaints, close } = await openWatchedPage(browser)
    await page.goto(`${url}/docs/tools/evil`)
    const text = await page.locator('main').innerText()
    await page.getByRole('searchbox').fill('window hit')
    await page.getByRole('region', { name: 'Search results' }).getByRole('link').first().waitFor()

    expect(text).toContain('<script>window.hit = 1</script>')
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/)
    expect(await page.evaluate<unknown>('window.hit ?? null')).toBeNull()
    expect(complaints).toEqual([])
    await close()
  })

  it('stays Markdown that shows the same to others', async () => {
    const answer = await fetch(`${url}/docs/tools/evil.md`)
    const text = await answer.text()
    const outside = text
      .replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, '')
      .replaceAll(/(`+)(?!`).*?\1/g, '')

    expect(outside).not.toMatch(/(?<!\\)<(?!https?:|mailto:)/)
    expect(outside).not.toMatch(/(?<!\\)!\[/)
    expect(outside).not.toMatch(/^\[[^\]]+\]:/m)
  })
})
