import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { isRecord } from '../../server/json.ts'
import { portOf } from '../support/port.ts'
import { runNode } from '../support/run.ts'

const ROOT = join(import.meta.dirname, '../..')
const SYNC = join(ROOT, 'codegen/sync.ts')

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A vendor's site with one document, and a copy of this repository's connector that follows it. */
let folder: string
let site: Server
let answer: Answer
let requests: IncomingMessage[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-sync-'))
  for (const name of ['specs', 'generated']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  requests = []
  site = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  write(
    'specs/flowtly/source.json',
    JSON.stringify({ url: `http://127.0.0.1:${portOf(site)}/api` }),
  )
})

afterEach(() => {
  site.close()
  site.closeAllConnections()
  rmSync(folder, { recursive: true })
})

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}

function readStamp(): { readonly syncedAt: unknown } {
  const record: unknown = JSON.parse(read('specs/flowtly/source.json'))
  return { syncedAt: isRecord(record) ? record['syncedAt'] : null }
}

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text)
}

/** Every file of the connectors with its text. */
function readTree(): Readonly<Record<string, string>> {
  const files = ['specs', 'generated'].flatMap((name) =>
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true }),
  )
  return Object.fromEntries(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'utf8')]),
  )
}

function sync(...args: readonly string[]) {
  return runNode([SYNC, ...args], { cwd: folder })
}

function syncWith(credential: string) {
  return runNode([SYNC], { cwd: folder, env: { DOCUMENT_CREDENTIAL: credential } })
}

function publish(text: string, etag = '"v1"'): void {
  answer = (request, response) => {
    if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
    else response.writeHead(200, { etag, 'content-type': 'application/yaml' }).end(text)
  }
}

const DOCUMENT = readFileSync(join(ROOT, 'specs/flowtly/openapi.yaml'), 'utf8')
const CHANGED = DOCUMENT.replace('version: 2026.11.0', 'version: 2026.12.0').replace(
  /^( +)- name: overdue\n/m,
  '$1- name: settled\n',
)

describe('npm run sync', () => {
  it('stamps the time and keeps the validators when nothing changed', async () => {
    publish(DOCUMENT)

    const { code, stdout } = await sync()

    expect(code).toBe(0)
    expect(stdout).toContain('specs/flowtly/openapi.yaml is what http://127.0.0.1')
    expect(JSON.parse(read('specs/flowtly/source.json'))).toMatchObject({
      etag: '"v1"',
      lastModified: null,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      syncedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    })
  })

  it('asks only for what changed since, and asks again after the copy was edited', async () => {
    publish(DOCUMENT)
    await sync()
    await sync()
    write('specs/flowtly/openapi.yaml', `${DOCUMENT}# edited\n`)
    await sync()

    expect(requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"v1"',
      undefined,
    ])
    expect(requests.map(({ headers }) => headers['cache-control'])).not.toContain('no-cache')
    expect(read('specs/flowtly/openapi.yaml')).toBe(DOCUMENT)
  })

  it('takes the new document byte for byte, generates, and says what changed', async () => {
    publish(CHANGED)

    const { code, stdout } = await sync('--format', 'markdown')

    expect(code).toBe(0)
    expect(stdout).toMatch(/publishes another one \(sha256 [0-9a-f]{12} → [0-9a-f]{12}\)/)
    expect(stdout).toContain('invoices.list')
    expect(stdout).toContain('settled')
    expect(read('specs/flowtly/openapi.yaml')).toBe(CHANGED)
    expect(read('generated/flowtly/tools/invoices.ts')).toContain('settled')
  })

  it('keeps a history of what each document changed, and adds nothing where none did', async () => {
    publish(CHANGED)
    await sync()
    await sync()

    const history: unknown = JSON.parse(read('specs/flowtly/changes.json'))

    expect(history).toEqual([
      {
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        version: '2026.12.0',
        before: expect.stringMatching(/^a77006a95eca/),
        after: expect.stringMatching(/^[0-9a-f]{64}$/),
        counts: { breaking: 1, risky: 0, additive: 1, cosmetic: 0 },
        changes: [
          expect.objectContaining({ tool: 'invoices.list', class: 'breaking' }),
          expect.objectContaining({ tool: 'invoices.list', class: 'additive' }),
        ],
      },
    ])
  })

  it('tells the docs when it was and what it changed, and leaves nothing to generate', async () => {
    publish(CHANGED)
    await sync()
    const first: unknown = JSON.parse(read('generated/flowtly/docs.json'))
    const { code, stdout } = await sync()
    const second: unknown = JSON.parse(read('generated/flowtly/docs.json'))
    const { syncedAt } = readStamp()

    const checked = await runNode([join(ROOT, 'codegen/cli.ts'), '--check'], { cwd: folder })
    const checkedThere = await sync('--check')

    expect(first).toMatchObject({
      document: { version: '2026.12.0', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      changes: [
        {
          at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          version: '2026.12.0',
          changes: [
            { tool: 'invoices.list', class: 'breaking', what: expect.any(String) },
            { tool: 'invoices.list', class: 'additive', what: expect.any(String) },
          ],
        },
      ],
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('(1 written, 0') })
    expect(second).toMatchObject({ document: { syncedAt }, changes: [expect.anything()] })
    expect(checked).toMatchObject({ code: 0, stderr: '' })
    expect(checkedThere.code).toBe(0)
  })

  it('ends with 1 after it applied a change of the class that it was to fail on', async () => {
    publish(CHANGED)

    const { code } = await sync('--fail-on', 'breaking')

    expect(code).toBe(1)
    expect(read('specs/flowtly/openapi.yaml')).toBe(CHANGED)
  })

  it.each<[what: string, spoil: () => void, said: string]>([
    [
      'its history is something else',
      () => write('specs/flowtly/changes.json', '{"mine":1}'),
      'no list of changes',
    ],
    [
      'the output of another connector cannot be replaced',
      () => {
        cpSync(join(folder, 'specs/flowtly'), join(folder, 'specs/zoo'), { recursive: true })
        const allowList = read('specs/flowtly/allow-list.yaml')
        const renamed = allowList.replaceAll('flowtly://', 'zoo://')
        write('specs/zoo/allow-list.yaml', renamed.replace('name: flowtly', 'name: zoo'))
        mkdirSync(join(folder, 'generated/zoo'))
        write('generated/zoo/precious.txt', 'mine')
      },
      'holds files that were not generated',
    ],
  ])('leaves every byte as it was when %s', async (_what, spoil, said) => {
    publish(CHANGED)
    spoil()
    const before = readTree()

    const { code, stderr } = await sync()

    expect(code).not.toBe(0)
    expect(stderr).toContain(said)
    expect(readTree()).toEqual(before)
  })

  it('only reports with --check, and ends with 1', async () => {
    publish(CHANGED)
    const before = read('specs/flowtly/source.json')

    const { code, stdout } = await sync('--check')

    expect(code).toBe(1)
    expect(stdout).toContain('argument "settled": is new')
    expect(read('specs/flowtly/openapi.yaml')).toBe(DOCUMENT)
    expect(read('specs/flowtly/source.json')).toBe(before)
    expect(read('generated/flowtly/tools/invoices.ts')).not.toContain('settled')
  })

  it.each<[string, Answer | string, string]>([
    ['is gone', (_request, response) => response.writeHead(404).end(), 'answered 404'],
    [
      'moved',
      (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'redirects to another host',
    ],
    [
      'breaks off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '99' }).write('openapi: 3.1.0')
        setTimeout(() => response.destroy(), 20)
      },
      'broke off',
    ],
    ['is not what the allow-list needs', 'openapi: 3.1.0\npaths: {}\n', 'listInvoices'],
    ['is no YAML', '{', 'openapi.yaml'],
  ])('leaves everything as it was when the document %s', async (_what, published, said) => {
    if (typeof published === 'string') publish(published)
    else answer = published
    const before = read('specs/flowtly/source.json')

    const { code, stderr } = await sync()

    expect(code).toBe(1)
    expect(stderr).toContain(said)
    expect(stderr).not.toContain('    at ')
    expect(read('specs/flowtly/openapi.yaml')).toBe(DOCUMENT)
    expect(read('specs/flowtly/source.json')).toBe(before)
  })

  it.each([
    ['nothing', '{', 'missing or not JSON'],
    ['no address', '{}', 'url'],
    ['an unknown member', '{"url":"https://h.example","token":"x"}', 'token'],
    ['plain http', '{"url":"http://h.example/x"}', 'is not https'],
    ['another scheme', '{"url":"file:///etc/passwd"}', 'is not https'],
    ['a password', '{"url":"https://a:hunter2@h.example/x"}', 'password'],
  ])('refuses a source.json with %s', async (_what, text, said) => {
    write('specs/flowtly/source.json', text)

    const { code, stderr } = await sync()

    expect(code).toBe(1)
    expect(stderr).toContain(said)
    expect(stderr).not.toContain('hunter2')
    expect(requests).toEqual([])
  })

  it.each([[['--spec', 'x']], [['--nope']], [['--format', 'xml']], [['extra']]])(
    'ends with 2 and its usage for %j',
    async (args) => {
      const { code, stderr } = await sync(...args)

      expect(code).toBe(2)
      expect(stderr).toContain('Usage: npm run sync')
    },
  )

  it('fetches what is not for everybody with the header that source.json names', async () => {
    const url = `http://127.0.0.1:${portOf(site)}/api`
    write('specs/flowtly/source.json', JSON.stringify({ url, header: 'X-API-Key' }))
    answer = (request, response) => {
      const isKnown = request.headers['x-api-key'] === 'a-secret'
      response.writeHead(isKnown ? 200 : 401).end(isKnown ? DOCUMENT : '')
    }

    const without = await sync()
    const wrong = await syncWith('another')
    const right = await syncWith('a-secret')

    expect(without).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('set DOCUMENT_CREDENTIAL'),
    })
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('not for everybody') })
    expect(right).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(read('specs/flowtly/source.json'))).toMatchObject({ header: 'X-API-Key' })
    expect(right.stdout + wrong.stderr + read('specs/flowtly/source.json')).not.toContain(
      'a-secret',
    )
  })

  it('sends the credential of one document with no other', async () => {
    publish(DOCUMENT)

    await syncWith('a-secret')

    expect(JSON.stringify(requests.map(({ rawHeaders }) => rawHeaders))).not.toContain('a-secret')
    expect(requests).toHaveLength(1)
  })
})
