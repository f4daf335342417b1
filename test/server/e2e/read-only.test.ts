import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parse } from 'yaml'
import { loadConnector } from '../../../server/connector.ts'
import type { Operation } from '../../../server/mcp/tool.ts'
import { startFlowtly, type TestConnector } from '../../support/flowtly.ts'
import { startRawUpstream, type RawUpstream } from '../../support/raw-upstream.ts'
import { callTool, refusalOf } from '../../support/rpc.ts'

const DOCUMENT = join(import.meta.dirname, '../../../specs/flowtly/openapi.yaml')

const { connector } = await loadConnector('flowtly')
const allowed = connector.tools.map(({ operation }) => operation)

let upstream: RawUpstream
let running: TestConnector

beforeAll(async () => {
  upstream = await startRawUpstream()
  running = await startFlowtly(upstream.url)
})

beforeEach(() => {
  upstream.requests.length = 0
})

afterAll(async () => {
  await running.close()
  await upstream.close()
})

/** What a server that routes by method and path would take a request line for. */
function operationsOf(requestLine: string, operations: readonly Operation[]): readonly string[] {
  const [method, target = ''] = requestLine.split(' ')
  const { pathname } = new URL(target, 'http://h.example')
  return operations
    .filter((operation) => operation.method === method && toPattern(operation.path).test(pathname))
    .map(({ id }) => id)
}

function toPattern(path: string): RegExp {
  return new RegExp(`^/v1${path.replace(/\{[^}]+\}/g, '[^/]+')}$`)
}

describe('a path argument', () => {
  const tools = connector.tools
    .filter(({ offer, operation }) => offer === 'tool' && operation.path.includes('{'))
    .map((tool) => [tool.name, tool] as const)

  it.each(tools)('of %s never reaches another path than its template', async (name, tool) => {
    const key = tool.operation.parameters.find((parameter) => parameter.in === 'path')?.name ?? ''
    const hostile = [
      ...['..', '.', '%2e%2e', '%2E%2E', '%252e%252e', 'a/../../b', '../', '..%2f', '..\\', '..;'],
      ...['?x=1', '#f', 'a?x=1#f', 'a\r\nX-Evil: 1', 'a\u0000b', '\u0000', 'x'.repeat(10_000)],
      ...['/', '//evil.example', 'http://evil.example', '@evil.example', ' ', '%', '%zz', '\ud800'],
    ]

    for (const value of hostile) {
      upstream.requests.length = 0

      const answer = await callTool(running.url, name, { [key]: value })

      if (upstream.requests.length === 0) {
        expect(refusalOf(answer)).toContain(key)
        continue
      }
      const [line = ''] = upstream.requests
      expect(operationsOf(line, allowed)).toContain(tool.operation.id)
      expect(decodeURIComponent(line)).toContain(value)
      expect(line.split('?')[0]).not.toMatch(/#|\.\./)
    }
  })
})

describe('the catalogue', () => {
  it('is all there is: nothing a caller sends makes the server send an operation that is not allowed', async () => {
    const names = fc.oneof(
      fc.constantFrom(...connector.tools.map(({ name }) => name)),
      fc.constantFrom(
        ...documentOperations().flatMap(({ id, path }) => [id, `POST ${path}`, path]),
      ),
      fc.string(),
    )
    const keys = connector.tools.flatMap((tool) => Object.keys(propertiesOf(tool.inputSchema)))
    const hostile = fc.constantFrom('..', 'DELETE', '/sessions', '%2e%2e/me', 'x/../../sessions')
    const args = fc.dictionary(
      fc.oneof(
        fc.constantFrom(...keys, 'method', 'path', 'body', '_method', 'X-HTTP-Method-Override'),
        fc.string(),
      ),
      fc.oneof(hostile, fc.string(), fc.jsonValue()),
      { maxKeys: 5 },
    )

    await fc.assert(
      fc.asyncProperty(names, args, async (name, values) => {
        upstream.requests.length = 0
        await callTool(running.url, name, values)
        for (const line of upstream.requests) {
          expect(operationsOf(line, allowed).length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('holds reads only, and the document has writes that it leaves out', () => {
    const left = documentOperations().filter(({ id }) => !allowed.some((each) => each.id === id))

    expect(allowed.every(({ method }) => method === 'GET')).toBe(true)
    expect(left.filter(({ method }) => method !== 'get').length).toBeGreaterThan(10)
  })
})

type DocumentOperation = { readonly id: string; readonly method: string; readonly path: string }

/** Every operation of the document, read without any code of ours. */
function documentOperations(): readonly DocumentOperation[] {
  const document: unknown = parse(readFileSync(DOCUMENT, 'utf8'))
  const paths = new Map(entriesOf(document)).get('paths')
  return entriesOf(paths).flatMap(([path, item]) =>
    entriesOf(item).flatMap(([method, operation]) => {
      const id = new Map(entriesOf(operation)).get('operationId')
      return typeof id === 'string' ? [{ id, method, path }] : []
    }),
  )
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return []
  const entries: [string, unknown][] = Object.entries(value)
  return entries
}

function propertiesOf(schema: object): object {
  return 'properties' in schema &&
    typeof schema.properties === 'object' &&
    schema.properties !== null
    ? schema.properties
    : {}
}
