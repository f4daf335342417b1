import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { generate, type Generated } from '../../codegen/generate.ts'
import { objectAt, toJson, type JsonObject } from '../../codegen/json.ts'
import { readSource } from '../../codegen/document/load.ts'
import { GenerationError, toLines } from '../../codegen/problem.ts'

/** A small API that the tests change: line numbers in their expectations count from here. */
export const DOCUMENT = `openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /me:
    get:
      operationId: getMe
      responses:
        '200': { description: Me., content: { application/json: { schema: { $ref: '#/components/schemas/Me' } } } }
  /orders:
    get:
      operationId: listOrders
      parameters:
        - { name: state, in: query, schema: { type: string, enum: [open, done] } }
        - { name: limit, in: query, schema: { type: integer, maximum: 50 } }
        - { name: shop, in: query, required: true, schema: { type: string } }
      responses:
        '200':
          description: Orders.
          content:
            application/json:
              schema: { type: object, properties: { data: { type: array, items: { $ref: '#/components/schemas/Order' } } } }
    post:
      operationId: createOrder
      responses: { '201': { description: Made. } }
components:
  schemas:
    Me:
      type: object
      properties:
        id: { type: string }
        teams: { type: array, items: { type: object, properties: { id: { type: string }, role: { enum: [owner, member] } } } }
    Order:
      type: object
      properties:
        id: { type: string }
        total: { type: number }
        buyer: { type: object, properties: { name: { type: string } } }
`

/** An allow-list that fits the document. */
export const ALLOW_LIST = `connector: { name: shop, title: Shop }
upstream:
  login: { kind: api-credentials }
  apiCredentials: { key: X-Key, secret: X-Secret, email: X-Email }
  profile: { operation: getMe, id: /id, email: /id, name: /id }
  organizations: { operation: getMe, items: /teams, id: /id, name: /id, role: /role, approvers: [owner] }
namespaces:
  orders: { title: Orders, description: Orders. }
tools:
  orders.list:
    operation: listOrders
`

/** Replaces a part of a text; a part that is not there is a mistake of the test. */
export function edit(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`the fixture does not contain: ${from}`)
  return text.replace(from, () => to)
}

/** A folder of its own with the given files, gone after `use`. */
export async function inFolder<Result>(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<Result> | Result,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-codegen-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Generates from texts. */
export function generateFrom(
  document = DOCUMENT,
  allowList = ALLOW_LIST,
  more: Readonly<Record<string, string>> = {},
): Promise<Generated> {
  const files = { 'openapi.yaml': document, 'allow-list.yaml': allowList, ...more }
  return inFolder(files, (folder) =>
    generate(readSource(join(folder, 'openapi.yaml'), join(folder, 'allow-list.yaml'))),
  )
}

/** The report of what is wrong with texts, without the folder they lay in; `''` if nothing is. */
export function reportOf(
  document = DOCUMENT,
  allowList = ALLOW_LIST,
  more: Readonly<Record<string, string>> = {},
): Promise<string> {
  const files = { 'openapi.yaml': document, 'allow-list.yaml': allowList, ...more }
  return inFolder(files, async (folder) => {
    try {
      const source = readSource(join(folder, 'openapi.yaml'), join(folder, 'allow-list.yaml'))
      await generate(source)
      return ''
    } catch (error) {
      if (!(error instanceof GenerationError)) throw error
      return error.report().replaceAll(`${folder}/`, '')
    }
  })
}

/** The warnings of a generation that succeeds, a text each, without the folder the files lay in. */
export async function warningsOf(
  document = DOCUMENT,
  allowList = ALLOW_LIST,
): Promise<readonly string[]> {
  const { warnings } = await generateFrom(document, allowList)
  return warnings.map((warning) => {
    const file = warning.file.split('/').at(-1) ?? ''
    return toLines({ ...warning, file }).trim()
  })
}

/** The schema of the fixture's only tool, once its parameter `state` has another one. */
export async function readInputSchema(schema: string, document = DOCUMENT): Promise<JsonObject> {
  const { files } = await generateFrom(
    edit(document, '{ type: string, enum: [open, done] }', schema),
  )
  const code = files.get('tools/orders.ts') ?? ''
  const text = /\n {2}inputSchema: (\{[\s\S]*?\n {2}\}),\n/.exec(code)?.[1] ?? ''
  return objectAt(toJson(JSON.parse(text)))
}

/** The schema of the argument `state` alone. */
export async function readStateSchema(schema: string, document = DOCUMENT): Promise<unknown> {
  return objectAt((await readInputSchema(schema, document))['properties'])['state']
}
