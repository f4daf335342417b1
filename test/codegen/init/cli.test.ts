import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { INIT_USAGE } from '../../../codegen/init/command.ts'
import { runNode } from '../../support/run.ts'
import { DOCUMENT, inFolder } from '../fixture.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** Runs the real commands as processes of their own. */
const init = (cwd: string, ...args: readonly string[]) => initWith({}, cwd, ...args)
const initWith = (env: Readonly<Record<string, string>>, cwd: string, ...args: readonly string[]) =>
  runNode([join(ROOT, 'codegen/init/main.ts'), ...args], { cwd, env })
const generate = (cwd: string, ...args: readonly string[]) =>
  runNode([join(ROOT, 'codegen/cli.ts'), ...args], { cwd })

const FLOWTLY = join(ROOT, 'specs/flowtly/openapi.yaml')

/** Refers to two files, and is referred to by one of them. */
const PARTS = {
  'vendor/api.yaml': `openapi: 3.0.3
info: { title: Parts API, version: '1' }
paths:
  /orders: { $ref: paths/orders.yaml }
components: { schemas: { Id: { type: string } } }
`,
  'vendor/paths/orders.yaml': `get:
  operationId: listOrders
  parameters: [{ $ref: '../parameters.yaml#/limit' }]
  responses: { '200': { description: Orders. } }
`,
  'vendor/parameters.yaml': `limit: { name: limit, in: query, schema: { type: integer, maximum: 10 } }
cursor: { name: cursor, in: query, schema: { $ref: 'api.yaml#/components/schemas/Id' } }
`,
  'vendor/secret.yaml': 'password: do-not-copy\n',
}

const SWAGGER = {
  'api.json': JSON.stringify({
    swagger: '2.0',
    info: { title: 'Old Shop API', version: '1' },
    host: 'shop.example',
    schemes: ['https'],
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    security: [{ key: [] }],
    paths: {
      '/orders': {
        get: {
          parameters: [
            { name: 'per_page', in: 'query', type: 'integer', minimum: 30, maximum: 100 },
            { name: 'ids', in: 'query', type: 'array', items: { type: 'string' } },
          ],
          responses: { 200: { description: 'Orders.' } },
        },
      },
      '/orders/{id}/cancel': {
        get: {
          parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
          responses: { 200: { description: 'Cancelled.' } },
        },
      },
    },
  }),
}

describe('npm run init -- --yes', () => {
  it('proposes a connector that generates at once, and again without a difference', () =>
    inFolder({}, async (folder) => {
      const proposed = await init(folder, '--spec', FLOWTLY, '--yes')
      const generated = await generate(folder)
      const checked = await generate(folder, '--check')

      expect({ code: proposed.code, stderr: proposed.stderr }).toEqual({ code: 0, stderr: '' })
      expect(proposed.stdout).toContain('specs/flowtly: 20 tools in 11 namespaces\n')
      expect(proposed.stdout).toContain('  contracts       list, get, paymentScheduleLines\n')
      expect(proposed.stdout).toContain('CONNECTOR=flowtly UPSTREAM_CREDENTIAL=… npm start')
      expect({ code: generated.code, stderr: generated.stderr }).toEqual({ code: 0, stderr: '' })
      expect(generated.stdout).toMatch(/^flowtly: 20 tools, /)
      expect(checked.code).toBe(0)
      expect(readFileSync(join(folder, 'specs/flowtly/openapi.yaml'))).toEqual(
        readFileSync(FLOWTLY),
      )
      expect(readdirSync(join(folder, 'specs/flowtly'))).toEqual([
        'allow-list.yaml',
        'openapi.yaml',
      ])
    }))

  it('writes the same bytes for the same document', () =>
    inFolder({}, (here) =>
      inFolder({}, async (there) => {
        await init(here, '--spec', FLOWTLY, '--yes')
        await init(there, '--spec', FLOWTLY, '--yes')

        const [left, right] = [here, there].map((folder) =>
          readFileSync(join(folder, 'specs/flowtly/allow-list.yaml'), 'utf8'),
        )
        expect(left).toBe(right)
      }),
    ))

  it('names the connector after its folder, and takes Swagger 2.0', () =>
    inFolder(SWAGGER, async (folder) => {
      const { code, stderr } = await init(
        folder,
        '--spec',
        'api.json',
        '--out',
        'specs/acme',
        '--yes',
      )

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const text = readFileSync(join(folder, 'specs/acme/allow-list.yaml'), 'utf8')
      expect(text).toContain('name: acme\n')
      expect(text).toContain('title: Old Shop\n')
      expect(text).toContain('operation: "GET /orders"\n    defaults: { per_page: 30 }\n')
      expect(text).toContain('credential: { header: X-API-Key }\n')
      expect(text).toContain('# - GET /orders/{id}/cancel: its path ends in "cancel"\n')
      expect(readdirSync(join(folder, 'specs/acme'))).toEqual(['allow-list.yaml', 'openapi.json'])
      expect(await generate(folder)).toMatchObject({ code: 0, stderr: '' })
    }))

  it('takes along the files that the document refers to, and no others', () =>
    inFolder(PARTS, async (folder) => {
      const { code, stderr } = await init(folder, '--spec', 'vendor/api.yaml', '--yes')

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const files = readdirSync(join(folder, 'specs/parts'), { recursive: true })
      expect(files.map(String).sort()).toEqual([
        'allow-list.yaml',
        'api.yaml',
        'openapi.yaml',
        'parameters.yaml',
        'paths',
        'paths/orders.yaml',
      ])
      expect(await generate(folder)).toMatchObject({ code: 0, stderr: '' })
    }))

  it('keeps where a document came from, so that sync can ask again', () =>
    inFolder({}, async (folder) => {
      const server = createServer(({ headers }, response) => {
        if (headers['x-key'] !== 'let-me-in') return response.writeHead(401).end()
        return response.writeHead(200, { etag: '"one"' }).end(DOCUMENT)
      })
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const url = `http://127.0.0.1:${port}/openapi.yaml`
      try {
        const credential = { DOCUMENT_CREDENTIAL: 'let-me-in' }
        const refused = await init(folder, '--spec', url, '--yes')
        const args = ['--spec', url, '--header', 'X-Key', '--yes']
        const { code, stderr } = await initWith(credential, folder, ...args)

        expect(refused).toMatchObject({ code: 1, stdout: '' })
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
        const record: unknown = JSON.parse(
          readFileSync(join(folder, 'specs/shop/source.json'), 'utf8'),
        )
        expect(record).toMatchObject({
          url,
          header: 'X-Key',
          etag: '"one"',
          sha256: expect.stringMatching(/^\w{64}$/),
        })
        expect(readFileSync(join(folder, 'specs/shop/openapi.yaml'), 'utf8')).toBe(DOCUMENT)
      } finally {
        server.close()
      }
    }))

  it('never replaces a folder', () =>
    inFolder({ 'specs/flowtly/notes.txt': 'mine' }, async (folder) => {
      const { code, stdout, stderr } = await init(folder, '--spec', FLOWTLY, '--yes')

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toBe(
        'error: "specs/flowtly" is there already; remove it, or name another folder with --out\n',
      )
      expect(readdirSync(join(folder, 'specs/flowtly'))).toEqual(['notes.txt'])
    }))

  it('leaves nothing behind where it cannot write', () =>
    inFolder({ specs: 'a file' }, async (folder) => {
      const { code, stderr } = await init(folder, '--spec', FLOWTLY, '--yes')

      expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: cannot write "specs/flowtly"\n' })
      expect(readdirSync(folder)).toEqual(['specs'])
    }))
})

describe('npm run init', () => {
  it('tells how it is used', () =>
    inFolder({}, async (folder) => {
      expect(await init(folder, '--help')).toEqual({
        code: 0,
        stdout: `${INIT_USAGE}\n`,
        stderr: '',
      })
    }))

  it.each([
    [[], '--spec is missing; name the document'],
    [['--spec'], "Option '--spec <value>' argument missing"],
    [['--spec='], '--spec needs a value'],
    [['--spec', FLOWTLY, '--out='], '--out needs a value'],
    [
      ['--spec', FLOWTLY, '--out', '/', '--yes'],
      '--out must be a folder of its own, such as specs/acme',
    ],
    [['--spec', FLOWTLY, '--outt', 'x'], 'unknown option --outt did you mean "out"?'],
    [['--spec', FLOWTLY, '--header', 'X-Key'], '--header needs a URL for --spec'],
    [
      ['--spec', 'https://a.example/d', '--header', 'X Key'],
      '--header must be the name of a header',
    ],
    [
      ['--spec', 'https://a.example/d', '--header', 'X-Key', '--yes'],
      '--header needs DOCUMENT_CREDENTIAL in the environment',
    ],
    [['--spec', FLOWTLY, 'extra'], "Unexpected argument 'extra'"],
    [['--spec', FLOWTLY, '--yes=1'], "Option '--yes' does not take an argument"],
    [['--spec', FLOWTLY], 'there is no terminal to ask on; take what is proposed with --yes'],
  ])('refuses %j with its usage', (args, what) =>
    inFolder({}, async (folder) => {
      const { code, stdout, stderr } = await init(folder, ...args)

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain(`error: ${what}`)
      expect(stderr).toContain(INIT_USAGE)
      expect(stderr).not.toMatch(/^ +at /m)
      expect(existsSync(join(folder, 'specs'))).toBe(false)
    }),
  )

  it.each([
    ['a file that is not there', 'none.yaml', 2, 'cannot read "none.yaml"'],
    ['a folder', '.', 2, 'cannot read "."'],
    ['no document', 'list.yaml', 1, 'is not an OpenAPI document'],
    ['no YAML', 'broken.yaml', 1, '1 problem in the document'],
    ['nothing to read', 'posts.yaml', 1, 'has no GET operation, and tools only read'],
    [
      'another version',
      'version.yaml',
      1,
      '"openapi" must be 3.0.x, 3.1.x or 3.2.x; found "4.0.0"',
    ],
    ['an address without TLS', 'http://example.com/openapi.yaml', 1, 'is not https'],
  ])('refuses %s in a sentence', (_title, spec, status, what) => {
    const files = {
      'list.yaml': '[1, 2]\n',
      'broken.yaml': 'a: [1\n b: }\n',
      'posts.yaml':
        'openapi: 3.0.0\ninfo: { title: P, version: "1" }\npaths: { /a: { post: { responses: {} } } }\n',
      'version.yaml': 'openapi: 4.0.0\npaths: {}\n',
    }
    return inFolder(files, async (folder) => {
      mkdirSync(join(folder, 'empty'))

      const { code, stdout, stderr } = await init(folder, '--spec', spec, '--yes')

      expect({ code, stdout }).toEqual({ code: status, stdout: '' })
      expect(stderr).toContain(what)
      expect(stderr).not.toMatch(/^ +at /m)
      expect(existsSync(join(folder, 'specs'))).toBe(false)
    })
  })
})
