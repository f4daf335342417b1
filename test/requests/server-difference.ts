import SwaggerClient from 'swagger-client'
import { listAt, objectAt, textAt, type JsonObject } from '../../codegen/json.ts'
import type { Connector, Tool } from '../../server/mcp/tool.ts'

/**
 * Says where a tool's base URL is not the one that `swagger-client` reads in the document; `null`
 * where it is, or where the document leaves the host to whoever publishes it.
 */
export function findServerDifference(
  document: JsonObject,
  { upstream }: Connector,
  { operation }: Tool,
): string | null {
  const expected = readServer(document, operation.path, operation.method)
  if (!/^https?:/.test(expected)) return null
  const base = upstream.serverUrl ?? undefined
  const own = operation.server === null ? base : URL.parse(operation.server, base)?.href
  if (own === undefined) return null
  return own.replace(/\/$/, '') === expected ? null : `is at ${own}, not at ${expected}`
}

function readServer(document: JsonObject, path: string, method: string): string {
  const item = objectAt(objectAt(document['paths'])[path])
  const holders = [objectAt(item[method.toLowerCase()]), item, document]
  const servers = holders
    .map((holder) => listAt(holder['servers']))
    .find(({ length }) => length > 0)
  const { swagger, host, basePath, schemes } = document
  const isSecure = listAt(schemes).includes('https')
  const { url } = SwaggerClient.buildRequest({
    spec: {
      ...(textAt(swagger) === ''
        ? { openapi: '3.0.3', servers: servers ?? [] }
        : { swagger, host, basePath, schemes: isSecure ? ['https'] : schemes }),
      paths: { '/judged': { get: { operationId: 'judged' } } },
    },
    operationId: 'judged',
    parameters: {},
  })
  return url.slice(0, -'/judged'.length).replace(/\/$/, '')
}
