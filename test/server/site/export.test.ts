import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openWatchedPage } from '../../support/browser-page.ts'
import { describeWithBrowser, openBrowser } from '../../support/browser.ts'
import { NO_RATE_LIMIT, startWithDemo } from '../../support/flowtly.ts'
import { runNode } from '../../support/run.ts'
import { crawlSite, findBrokenLinks } from '../../support/site-crawl.ts'
import { serveFolder } from '../../support/static-server.ts'

const ROOT = join(import.meta.dirname, '../../..')
const COMMAND = join(ROOT, 'server/site/export/main.ts')

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-export-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function exportTo(out: string, ...args: readonly string[]) {
  const command = ['--disable-warning=ExperimentalWarning', COMMAND, '--out', out, ...args]
  return runNode(command, { env: NO_RATE_LIMIT })
}

function listFiles(of: string): readonly string[] {
  return readdirSync(of, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(of.length + 1))
    .sort()
}

describe('npm run docs:export', () => {
  it('is the command of package.json', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

    expect(manifest).toMatchObject({
      scripts: {
        'docs:export': 'node --disable-warning=ExperimentalWarning server/site/export/main.ts',
      },
    })
  })

  it('writes pages that say the same as the server, and lead to each other below any path', async () => {
    await using running = await startWithDemo()
    const { url } = running.connector
    const out = join(folder, 'same')
    const { code, stdout, stderr } = await exportTo(out, '--url', url)
    await using host = await serveFolder(out, '/some/where')
    const pages = await crawlSite({ from: `${host.url}/some/where/index.html` })
    const written = pages.filter(({ path }) => path.endsWith('.html'))

    const different: string[] = []
    for (const { path, html } of written) {
      const own = path.slice('/some/where'.length).replace(/(?:index)?\.html$/, '')
      const theirs = await (await fetch(`${url}${own}`)).text()
      if (textOf(html) !== textOf(theirs)) different.push(path)
    }

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^flowtly: \d+ files in .*; requests go to http:\/\/127\.0\.0\.1:\d+\n$/)
    expect(written.length).toBeGreaterThan(20)
    expect(findBrokenLinks(pages)).toEqual([])
    expect(pages.filter(({ path }) => !path.startsWith('/some/where/'))).toEqual([])
    expect(different).toEqual([])
  })

  it('writes Markdown and llms.txt with relative links, or with whole ones where it is told where', async () => {
    const out = join(folder, 'links')
    await exportTo(out)
    const relative = readFileSync(join(out, 'llms.txt'), 'utf8')
    const page = readFileSync(join(out, 'docs/tools.md'), 'utf8')
    await exportTo(out, '--base', 'https://docs.example.com/mcp')
    const whole = readFileSync(join(out, 'llms.txt'), 'utf8')
    const missing = readFileSync(join(out, '404.html'), 'utf8')

    expect(relative).toContain('](docs/quickstart.md)')
    expect(page).toMatch(/\]\(tools\/invoices\.md(?:#[\w-]+)?\)/)
    expect(whole).toContain('](https://docs.example.com/mcp/docs/quickstart.md)')
    expect(missing).toContain('href="https://docs.example.com/mcp/docs/quickstart.html"')
  })

  it('removes what an earlier export left, and nothing else', async () => {
    const out = join(folder, 'again')
    await exportTo(out)
    const before = listFiles(out)
    mkdirSync(join(out, '.git'))
    writeFileSync(join(out, '.git/HEAD'), 'ref')
    writeFileSync(join(out, 'CNAME'), 'docs.example.com')
    const list = readFileSync(join(out, '.sluice-docs.json'), 'utf8')
    writeFileSync(join(out, 'docs/gone.html'), 'old')
    writeFileSync(join(out, '.sluice-docs.json'), list.replace('[', '["docs/gone.html",'))

    const { code } = await exportTo(out)

    expect(code).toBe(0)
    expect(listFiles(out)).toEqual([...before, '.git/HEAD', 'CNAME'].sort())
  })

  it('keeps out of a folder that is not its own', async () => {
    const out = join(folder, 'foreign')
    mkdirSync(out)
    writeFileSync(join(out, 'precious.txt'), 'mine')
    const outside = join(folder, 'outside.txt')
    writeFileSync(outside, 'mine')
    const lying = join(folder, 'lying')
    mkdirSync(lying)
    writeFileSync(
      join(lying, '.sluice-docs.json'),
      JSON.stringify({ format: 1, files: ['../outside.txt'] }),
    )

    const [foreign, lied, file] = [
      await exportTo(out),
      await exportTo(lying),
      await exportTo(join(out, 'precious.txt')),
    ]

    expect(foreign).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('--out') })
    expect(lied.code).toBe(1)
    expect(file.code).toBe(1)
    expect(file.stderr).not.toContain('    at ')
    expect(listFiles(out)).toEqual(['precious.txt'])
    expect(existsSync(outside)).toBe(true)
  })

  it.each([
    [[], /--out needs the folder/],
    [['--out', ''], /--out needs the folder/],
    [['--out', 'x', '--nope'], /unknown option --nope/],
    [['--out', 'x', 'more'], /more/],
    [['--out', 'x', '--base', 'docs'], /--base must be/],
    [['--out', 'x', '--base', 'https://u:p@docs.example.com'], /--base must be/],
    [['--out', 'x', '--url', 'ftp://x'], /PUBLIC_URL/],
    [
      ['--out', 'x', '--connector', 'nothing'],
      /"nothing" was not generated; run: npm run generate/,
    ],
  ])('ends with 2 for %j', async (args, said) => {
    const { code, stdout, stderr } = await runNode([COMMAND, ...args], { cwd: folder })

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(said)
    expect(stderr).not.toContain('    at ')
    expect(existsSync(join(folder, 'x'))).toBe(false)
  })

  it('shows its usage', async () => {
    const { code, stdout } = await runNode([COMMAND, '--help'])

    expect(code).toBe(0)
    expect(stdout).toContain('Usage: npm run docs:export -- --out DIR')
  })
})

describeWithBrowser('an exported documentation', () => {
  it('searches below any path, without the connector', async () => {
    const out = join(folder, 'searched')
    await exportTo(out)
    await using host = await serveFolder(out, '/some/where')
    await using browser = await openBrowser()
    const { page, complaints } = await openWatchedPage(browser)
    await page.goto(`${host.url}/some/where/docs/tools/invoices.html`)

    await page.getByRole('searchbox').fill('payment schedule')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search\.html\?q=/)
    const results = page.getByRole('region', { name: 'Search results' })
    await results.getByRole('link').first().click()
    await page.waitForURL(/some\/where\/docs\/tools\/contracts\.html/)

    expect(await page.locator('h1').innerText()).toBe('Contracts')
    expect(complaints).toEqual([])
  })
})

/** What a page says, without where its links lead. */
function textOf(html: string): string {
  return html
    .replace(/<meta http-equiv[^>]*>\n/, '')
    .replaceAll(/ (?:href|src|action|data-index|data-home)="[^"]*"/g, '')
}
