import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { runNode } from '../support/run.ts'
import { ALLOW_LIST, DOCUMENT, edit, inFolder } from './fixture.ts'

const CLI = join(import.meta.dirname, '../../codegen/cli.ts')
const FILES = { 'specs/shop/openapi.yaml': DOCUMENT, 'specs/shop/allow-list.yaml': ALLOW_LIST }
const EXPLICIT = ['--spec', 'specs/shop/openapi.yaml', '--allow', 'specs/shop/allow-list.yaml']

/** Runs the real command as a process of its own. */
const command = (
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) => runNode([CLI, ...args], { cwd, env })

function write(folder: string, path: string, text: string): void {
  writeFileSync(join(folder, path), text)
}

describe('npm run generate', () => {
  it('generates every connector below specs/, and then finds nothing to do', () =>
    inFolder(FILES, async (folder) => {
      const first = await command(folder, [])
      const second = await command(folder, [])
      const check = await command(folder, ['--check'])

      expect(first).toEqual({
        code: 0,
        stdout: 'shop: 1 tool, 7 files in generated/shop (7 written, 0 removed)\n',
        stderr: '',
      })
      expect(second.stdout).toBe('shop: 1 tool, 7 files in generated/shop (0 written, 0 removed)\n')
      expect(check).toEqual({
        code: 0,
        stdout: 'shop: generated/shop is up to date (1 tool)\n',
        stderr: '',
      })
    }))

  it('writes the same bytes in another folder, language, time zone and on another day', () =>
    inFolder(FILES, (here) =>
      inFolder(FILES, async (there) => {
        await command(here, [...EXPLICIT, '--out', 'out'], { LANG: 'C', TZ: 'UTC' })
        const odd = { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' }
        await command(
          '/',
          [
            ...['--spec', join(there, 'specs/shop/openapi.yaml')],
            ...['--allow', join(there, 'specs/shop/allow-list.yaml'), '--out', join(there, 'out')],
          ],
          odd,
        )

        for (const path of [
          'index.ts',
          'manifest.json',
          'docs.json',
          'openapi.json',
          'search.json',
          'upstream.d.ts',
          'tools/orders.ts',
        ]) {
          const [left, right] = [here, there].map((folder) =>
            readFileSync(join(folder, 'out', path), 'utf8'),
          )
          expect(left).toBe(right)
        }
      }),
    ))

  it('tells what changed when it checks, and writes nothing', () =>
    inFolder(FILES, async (folder) => {
      await command(folder, [])
      const before = readFileSync(join(folder, 'generated/shop/manifest.json'), 'utf8')
      write(
        folder,
        'specs/shop/openapi.yaml',
        edit(
          edit(DOCUMENT, '{ name: limit, in: query,', '{ name: limit, in: query, required: true,'),
          '{ name: state, in: query, schema: { type: string, enum: [open, done] } }',
          '{ name: since, in: query, schema: { type: string, format: date } }',
        ),
      )
      write(
        folder,
        'specs/shop/allow-list.yaml',
        `${ALLOW_LIST}    description: Other words.\n  orders.again: { operation: listOrders }\n`,
      )

      const { code, stdout, stderr } = await command(folder, ['--check'])

      expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
      expect(stdout).toBe(`shop: generated/shop is out of date (2 tools)
  changed  docs.json
  changed  index.ts
  changed  manifest.json
  changed  openapi.json
  changed  search.json
  changed  tools/orders.ts
  changed  upstream.d.ts
  2 breaking
    orders.list: argument "state": is gone
    orders.list: argument "limit": is required now
  2 risky
    orders.list: the description changed
      [-List orders.-] {+Other words.+}
    orders.list: the instructions changed
      … Returns a list of orders. Narrow it with [-state.-] {+since.+} Ask for up to limit (50 at most) …
  2 additive
    orders.again: is new
      {+Again orders. ⏎ Use it to find orders. Returns a list of orders. Narrow it with since. Ask for up to limit (50 at most) at a time.+}
    orders.list: argument "since": is new
Run "npm run generate" and commit the result.
`)
      expect(readFileSync(join(folder, 'generated/shop/manifest.json'), 'utf8')).toBe(before)
    }))

  it('sees a generated file that somebody edited, removed or added', () =>
    inFolder(FILES, async (folder) => {
      await command(folder, [])
      write(folder, 'generated/shop/index.ts', 'edited')
      write(folder, 'generated/shop/more.ts', 'added')
      rmSync(join(folder, 'generated/shop/docs.json'))

      const { code, stdout } = await command(folder, ['--check'])

      expect(code).toBe(1)
      expect(stdout).toContain('  added    docs.json\n  changed  index.ts\n  removed  more.ts\n')
    }))

  it('lets changes pass that are not of the class it is to fail on', () =>
    inFolder(FILES, async (folder) => {
      await command(folder, [])
      write(folder, 'specs/shop/allow-list.yaml', `${ALLOW_LIST}    description: Call it first.\n`)

      const { code, stdout } = await command(folder, ['--check', '--fail-on', 'breaking'])

      expect(stdout).toContain('is out of date')
      expect(code).toBe(0)
    }))

  it('finds the folder of a connector that has no specification, and leaves it alone', () =>
    inFolder(FILES, async (folder) => {
      await command(folder, [])
      mkdirSync(join(folder, 'generated/old'))
      write(folder, 'generated/old/manifest.json', '{"format":1,"tools":{}}')

      const check = await command(folder, ['--check'])
      const again = await command(folder, [])

      expect(check.code).toBe(1)
      expect(check.stdout).toContain('generated/old: has no specification; delete it')
      expect(again).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('generated/old: has'),
      })
      expect(statSync(join(folder, 'generated/old')).isDirectory()).toBe(true)
    }))

  it('writes nothing when the folder of one connector cannot be replaced', () =>
    inFolder(
      {
        ...FILES,
        'specs/zoo/openapi.yaml': DOCUMENT,
        'specs/zoo/allow-list.yaml': edit(ALLOW_LIST, 'name: shop', 'name: zoo'),
        'generated/zoo/precious.txt': 'not generated',
      },
      async (folder) => {
        const { code, stderr } = await command(folder, [])

        expect(code).toBe(2)
        expect(stderr).toContain('"generated/zoo" holds files that were not generated')
        expect(readdirSync(join(folder, 'generated'))).toEqual(['zoo'])
      },
    ))

  it('tells how clients take the tools, when asked', () =>
    inFolder(FILES, async (folder) => {
      const { code, stdout } = await command(folder, ['--report', 'clients'])

      expect(code).toBe(0)
      expect(stdout).toContain('  Claude.ai: fine\n')
      expect(stdout).toMatch(/1 tool, \d+ tokens \(o200k_base; an estimate for other models\)/)
    }))

  it('leaves everything as it was when one connector has a problem', () =>
    inFolder(FILES, async (folder) => {
      await command(folder, [])
      mkdirSync(join(folder, 'specs/zoo'))
      write(folder, 'specs/zoo/openapi.yaml', DOCUMENT)
      write(folder, 'specs/zoo/allow-list.yaml', edit(ALLOW_LIST, 'listOrders', 'listOrder'))
      write(folder, 'specs/shop/allow-list.yaml', `${ALLOW_LIST}    title: New\n`)
      const before = statSync(join(folder, 'generated/shop/index.ts')).mtimeMs

      const { code, stdout, stderr } = await command(folder, [])

      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toBe(`error: 1 problem in the document or the allow-list
  specs/zoo/allow-list.yaml:11:16 tools → orders.list → operation
    no operation has the operationId "listOrder"
    → did you mean "listOrders"?
`)
      expect(statSync(join(folder, 'generated/shop/index.ts')).mtimeMs).toBe(before)
    }))

  it('refuses two connectors of one name', () =>
    inFolder(
      { ...FILES, 'specs/twin/openapi.yaml': DOCUMENT, 'specs/twin/allow-list.yaml': ALLOW_LIST },
      async (folder) => {
        const { code, stderr } = await command(folder, [])

        expect(code).toBe(1)
        expect(stderr).toContain('another connector is also named "shop"')
      },
    ))

  it('warns on stderr and keeps stdout for the result', () =>
    inFolder(
      {
        ...FILES,
        'specs/shop/openapi.yaml': edit(
          DOCUMENT,
          '{ name: limit, in: query,',
          '{ name: "li mit", in: cookie,',
        ),
      },
      async (folder) => {
        const { code, stdout, stderr } = await command(folder, [])

        expect(code).toBe(0)
        expect(stdout).toMatch(/^shop: 1 tool, /)
        expect(stderr).toBe(`warning: something was left out
  specs/shop/openapi.yaml:14:11 #/paths/~1orders/get/parameters/1
    the parameter "li mit" is no name of a cookie; it is left out
`)
      },
    ))

  it('reports in JSON, problems included', () =>
    inFolder(FILES, async (folder) => {
      const drift = await command(folder, [...EXPLICIT, '--check', '--format', 'json'])
      write(folder, 'specs/shop/allow-list.yaml', edit(ALLOW_LIST, 'listOrders', 'x'))
      const problem = await command(folder, [...EXPLICIT, '--format=json'])

      expect(drift.code).toBe(1)
      expect(JSON.parse(drift.stdout)).toMatchObject({
        ok: false,
        connectors: [{ connector: 'shop', folder: 'generated/shop', tools: 1 }],
        problems: [],
      })
      expect(problem.code).toBe(1)
      expect(JSON.parse(problem.stdout)).toMatchObject({
        ok: false,
        problems: [{ file: 'specs/shop/allow-list.yaml', line: 11, column: 16 }],
      })
    }))

  it('reports in Markdown that text of a document cannot break out of', () =>
    inFolder(
      {
        ...FILES,
        'specs/shop/allow-list.yaml': edit(
          ALLOW_LIST,
          'listOrders',
          "'![x](http://evil.example) <b>'",
        ),
      },
      async (folder) => {
        const { code, stdout } = await command(folder, [...EXPLICIT, '--format', 'markdown'])

        expect(code).toBe(1)
        expect(stdout).toContain('## 1 problem')
        expect(stdout).toContain('\\!\\[x\\](http://evil.example) \\<b\\>')
      },
    ))

  it('explains itself', () =>
    inFolder({}, async (folder) => {
      const { code, stdout, stderr } = await command(folder, ['--help'])

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      for (const option of [
        '--spec',
        '--allow',
        '--out',
        '--check',
        '--fail-on',
        '--format',
        '--help',
      ]) {
        expect(stdout).toContain(option)
      }
    }))

  it.each<[mistake: string, args: readonly string[], message: string]>([
    ['an unknown option', ['--chek'], 'unknown option --chek did you mean "check"?'],
    ['a word that is no option', ['flowtly'], 'flowtly'],
    ['a document without an allow-list', ['--spec', 'a.yaml'], '--spec needs --allow'],
    ['an allow-list without a document', ['--allow', 'a.yaml'], '--allow needs --spec'],
    ['a folder for every connector at once', ['--out', 'x'], '--out needs --spec and --allow'],
    ['an option without its value', ['--spec'], '--spec'],
    ['an empty value', ['--spec', '', '--allow', 'a'], '--spec needs a value'],
    ['an unknown format', ['--format', 'xml'], '--format must be text, json, markdown; got "xml"'],
    [
      'an unknown class',
      ['--fail-on', 'x'],
      '--fail-on must be breaking, risky, any, none; got "x"',
    ],
    [
      'a document that is not there',
      ['--spec', 'none.yaml', '--allow', 'specs/shop/allow-list.yaml'],
      'cannot read "none.yaml"',
    ],
    [
      'a folder for a document',
      ['--spec', 'specs', '--allow', 'specs/shop/allow-list.yaml'],
      'cannot read "specs"',
    ],
    [
      'a folder that holds something else',
      [...EXPLICIT, '--out', 'specs'],
      '"specs" holds files that were not generated',
    ],
  ])('exits 2 with its usage after %s', (_mistake, args, message) =>
    inFolder(FILES, async (folder) => {
      const { code, stdout, stderr } = await command(folder, args)

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr.split('\n')[0]).toContain(message)
      expect(stderr).toContain('Usage: npm run generate')
      expect(stderr).not.toMatch(/^ {4}at /m)
    }),
  )

  it('exits 2 where there is no connector to generate', () =>
    inFolder({}, async (folder) => {
      const { code, stderr } = await command(folder, [])

      expect(code).toBe(2)
      expect(stderr).toContain('there is no connector below "specs/"')
    }))

  it.each([
    ['an empty document', '', 'is not an OpenAPI document'],
    ['a document that is a picture', '\u0089PNG\r\n\u001a\n\u0000', 'openapi.yaml'],
    ['a document that is nested without end', `a: ${'['.repeat(20_000)}`, 'openapi.yaml'],
    ['JSON that breaks off', '{"openapi": "3.1.0", "paths": {', 'is not valid YAML'],
  ])('exits 1 without a stack trace after %s', (_what, document, message) =>
    inFolder({ ...FILES, 'specs/shop/openapi.yaml': document }, async (folder) => {
      const { code, stderr } = await command(folder, [])

      expect(code).toBe(1)
      expect(stderr).toContain(message)
      expect(stderr).not.toMatch(/^ {4}at /m)
    }),
  )
})
