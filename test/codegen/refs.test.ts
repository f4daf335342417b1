import { symlinkSync } from 'node:fs'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { generate } from '../../codegen/generate.ts'
import { readSource } from '../../codegen/document/load.ts'
import { GenerationError } from '../../codegen/problem.ts'
import {
  ALLOW_LIST,
  DOCUMENT,
  edit,
  generateFrom,
  inFolder,
  reportOf,
  warningsOf,
} from './fixture.ts'

const PARAMETER = '{ name: limit, in: query, schema: { type: integer, maximum: 50 } }'
const referring = (ref: string) =>
  edit(DOCUMENT, PARAMETER, `{ name: limit, in: query, schema: { $ref: ${JSON.stringify(ref)} } }`)
const AT = 'openapi.yaml:14:47 #/paths/~1orders/get/parameters/1/schema/$ref'

describe('a reference', () => {
  it.each([
    ['http://127.0.0.1:9/evil.yaml', 'points to the network or to another scheme'],
    ['https://example.com/evil.yaml#/x', 'points to the network or to another scheme'],
    ['HTTP://example.com/evil.yaml', 'points to the network or to another scheme'],
    ['file:///etc/passwd', 'points to the network or to another scheme'],
    ['//example.com/evil.yaml', 'points to the network or to another scheme'],
    ['\\\\server\\share\\evil.yaml', 'points to the network or to another scheme'],
    ['data:application/json,{}', 'points to the network or to another scheme'],
    ['/etc/passwd', 'is not a relative file path'],
    ['a\\..\\..\\evil.yaml', 'is not a relative file path'],
    ['evil.yaml?x=1', 'is not a relative file path'],
    ['%00evil.yaml', 'is not a relative file path'],
    ['%', 'is not a relative file path'],
    ['../evil.yaml', "leaves the document's folder"],
    ['a/../../evil.yaml#/x', "leaves the document's folder"],
    ['%2e%2e/evil.yaml', "leaves the document's folder"],
    ['..%2fevil.yaml', "leaves the document's folder"],
    ['missing.yaml', 'names a file that does not exist'],
    ['.', 'is not a file'],
    ['#Anchor', 'is not a JSON Pointer'],
    ['#/components/schemas/Nothing', 'points to nothing'],
  ])('%s is refused', async (ref, reason) => {
    const report = await reportOf(referring(ref))

    expect(report).toContain(`  ${AT}\n    the reference ${JSON.stringify(ref)} ${reason}`)
    expect(report).toMatch(/^error: 1 problem /)
  })

  it('is never fetched', async () => {
    let requests = 0
    const server = createServer((_request, response) => {
      requests += 1
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0

    await reportOf(referring(`http://127.0.0.1:${port}/evil.yaml`))
    server.close()

    expect(requests).toBe(0)
  })

  it('is refused where a link of the folder leads outside', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'sluice-outside-'))
    writeFileSync(join(outside, 'secret.yaml'), 'type: string\ndescription: secret\n')
    const files = { 'openapi.yaml': referring('link/secret.yaml'), 'allow-list.yaml': ALLOW_LIST }

    const failure = await inFolder(files, async (folder) => {
      symlinkSync(outside, join(folder, 'link'))
      return generateIn(folder)
    })
    rmSync(outside, { recursive: true })

    expect(failure).toContain("leaves the document's folder through a link")
    expect(failure).not.toContain('description: secret')
  })

  it('may follow a link that stays inside', async () => {
    const files = {
      'openapi.yaml': referring('link.yaml'),
      'allow-list.yaml': ALLOW_LIST,
      'real.yaml': 'type: integer\n',
    }

    const failure = await inFolder(files, async (folder) => {
      symlinkSync(join(folder, 'real.yaml'), join(folder, 'link.yaml'))
      return generateIn(folder)
    })

    expect(failure).toBe('')
  })

  it('is refused in a file of the folder as in the document itself', async () => {
    const report = await reportOf(referring('parts/limit.yaml'), ALLOW_LIST, {
      'parts/limit.yaml': 'anyOf:\n  - type: integer\n  - $ref: ../../evil.yaml\n',
    })

    expect(report).toContain('parts/limit.yaml:3:5 #/anyOf/1/$ref')
    expect(report).toContain('"../../evil.yaml" leaves the document\'s folder')
  })

  it('to a file that is neither YAML nor JSON is refused', async () => {
    const report = await reportOf(referring('broken.yaml'), ALLOW_LIST, { 'broken.yaml': 'a: [' })

    expect(report).toContain('names a file that is not valid YAML: unexpected end of the stream')
    expect(report).toContain('(line 1, column 6)')
  })

  it("that no allowed operation reaches is nobody's business", async () => {
    const document = edit(
      DOCUMENT,
      "{ '201': { description: Made. } }",
      "{ '201': { $ref: 'http://127.0.0.1:9/evil.yaml' } }",
    )

    expect(await reportOf(document)).toBe('')
  })

  it.each([
    'example: { $ref: http://127.0.0.1:9/evil }',
    'default: { $ref: ../../evil }',
    'enum: [{ $ref: ../../evil }]',
    'const: { $ref: ../../evil }',
    'examples: [{ $ref: /etc/passwd }]',
    'x-vendor: { $ref: /etc/passwd }',
    // Whoever followed it, relative to itself, would never come to an end.
    'example: { $ref: a/b.yaml }',
    'enum: [{ $ref: a/b.yaml }]',
  ])('is data in %s', async (member) => {
    const document = edit(DOCUMENT, 'total: { type: number }', `total: { ${member} }`)

    expect(await reportOf(document)).toBe('')
  })

  it('is a reference in a property that is named like data', async () => {
    const document = edit(
      DOCUMENT,
      'total: { type: number }',
      'example: { $ref: ../evil.yaml }, total: { type: number }'.replace(', ', '\n        '),
    )

    expect(await warningsOf(document)).toEqual([
      'openapi.yaml:36:20 #/components/schemas/Order/properties/example/$ref\n    the reference "../evil.yaml" leaves the document\'s folder',
    ])
  })

  it('may stand for an operation or a media type, as bundlers have it', async () => {
    const document = edit(
      edit(
        DOCUMENT,
        "application/json: { schema: { $ref: '#/components/schemas/Me' } }",
        'application/json: { $ref: parts/me.yaml }',
      ),
      '  /orders:\n    get:\n',
      '  /orders:\n    get: { $ref: parts/orders.yaml }\n    x-get:\n',
    )

    const { files, warnings } = await generateFrom(document, ALLOW_LIST, {
      'parts/me.yaml': "schema: { $ref: '../openapi.yaml#/components/schemas/Me' }\n",
      'parts/orders.yaml': [
        'operationId: listOrders',
        'parameters: [{ name: state, in: query, schema: { type: string } }]',
        "responses: { '200': { description: Orders. } }",
        '',
      ].join('\n'),
    })

    expect(warnings).toEqual([])
    expect(files.get('tools/orders.ts')).toContain('state: z.string().optional()')
  })

  it.each(['parts/missing.yaml', '../orders.yaml', '#/paths/~1orders/get'])(
    'that stands for an operation, and leads nowhere, is refused: %s',
    async (ref) => {
      const document = edit(
        DOCUMENT,
        '  /orders:\n    get:\n',
        `  /orders:\n    get: { $ref: '${ref}' }\n    x-get:\n`,
      )
      const allowList = edit(ALLOW_LIST, 'operation: listOrders', "operation: 'GET /orders'")

      expect(await reportOf(document, allowList)).toMatch(
        /#\/paths\/~1orders\/get\/\$ref\n {4}the reference/,
      )
    },
  )

  it('leads to nothing but components in the pruned document', async () => {
    const { files } = await generateFrom(referring('parts/limit.yaml#/Limit'), ALLOW_LIST, {
      'parts/limit.yaml': 'Limit: { type: integer, maximum: 9 }\nOther: { type: string }\n',
    })
    const text = files.get('openapi.json') ?? ''
    const refs = [...text.matchAll(/"\$ref": "([^"]*)"/g)].map(([, ref]) => ref)

    expect(new Set(refs)).toEqual(
      new Set([
        '#/components/schemas/Limit',
        '#/components/schemas/Me',
        '#/components/schemas/Order',
      ]),
    )
    expect(text).not.toContain('Other')
  })
})

async function generateIn(folder: string): Promise<string> {
  try {
    await generate(readSource(join(folder, 'openapi.yaml'), join(folder, 'allow-list.yaml')))
    return ''
  } catch (error) {
    if (error instanceof GenerationError) return error.report()
    throw error
  }
}
