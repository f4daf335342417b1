import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import SwaggerParser from '@apidevtools/swagger-parser'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { startDemo } from '../../demo/server.ts'
import { DOCUMENT_FILE, readOperations } from './support/document.ts'
import type { DocumentedOperation } from './support/document.ts'
import { at, isObject, toList, toText } from './support/json.ts'

describe('the document', () => {
  let text: string
  let operations: readonly DocumentedOperation[]

  beforeAll(async () => {
    text = await readFile(DOCUMENT_FILE, 'utf8')
    operations = await readOperations()
  })

  it('is valid OpenAPI 3.1', async () => {
    const document: unknown = await SwaggerParser.validate(DOCUMENT_FILE)

    expect(at(document, 'openapi')).toBe('3.1.0')
  })

  it('is the one that source.json stamps', async () => {
    const source: unknown = JSON.parse(await readFile('specs/flowtly/source.json', 'utf8'))

    expect(source).toMatchObject({
      url: 'http://127.0.0.1:8788/v1/openapi.yaml',
      sha256: createHash('sha256').update(text).digest('hex'),
    })
  })

  it('is published by the demo to everybody, and once to who has it', async () => {
    await using demo = await startDisposableDemo()

    const first = await fetch(`${demo.url}/openapi.yaml`)
    const etag = first.headers.get('etag') ?? ''
    const second = await fetch(`${demo.url}/openapi.yaml`, {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    })

    expect(await first.text()).toBe(text)
    expect(first.headers.get('content-type')).toContain('application/yaml')
    expect(second.status).toBe(304)
  })

  it('has reads and writes', () => {
    const methods = operations.map(({ method }) => method)

    expect(operations).toHaveLength(42)
    expect(new Set(methods)).toEqual(new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']))
  })

  it('describes every operation, parameter and tag', () => {
    const document: unknown = parse(text)
    const silent = Object.entries(at(document, 'paths') ?? {}).flatMap(([path, item]) =>
      Object.entries(isObject(item) ? item : {}).flatMap(([method, operation]) => {
        if (method === 'parameters') return []
        const isTold = isObject(operation) && operation['summary'] && operation['description']
        return isTold ? [] : [`${method} ${path}`]
      }),
    )
    const tags = toList(at(document, 'tags')).map((tag) => at(tag, 'description'))

    expect(silent).toEqual([])
    expect(tags.every((description) => typeof description === 'string')).toBe(true)
  })

  it('documents both ways to send a list', () => {
    const lists = operations.flatMap(({ parameters }) =>
      parameters.filter(({ schema }) => schema['type'] === 'array').map(({ name }) => name),
    )

    expect(new Set(lists)).toEqual(new Set(['status', 'role', 'tag', 'bankAccountId']))
    expect(text.match(/explode: true/g)).toHaveLength(2)
    expect(text.match(/explode: false/g)).toHaveLength(2)
  })

  it('offers the organization header exactly where an organization is chosen', () => {
    const without = operations
      .filter(({ parameters }) => !parameters.some(({ name }) => name === 'X-Organization-Id'))
      .map(({ path }) => path)

    expect(new Set(without)).toEqual(
      new Set(['/sessions', '/sessions/refresh', '/sessions/current', '/me', '/me/organizations']),
    )
  })

  it('names its operations uniquely', () => {
    const ids = operations.map(({ id }) => toText(id))

    expect(new Set(ids).size).toBe(ids.length)
  })
})

async function startDisposableDemo() {
  const demo = await startDemo()
  return { url: demo.url, [Symbol.asyncDispose]: () => demo.close() }
}
