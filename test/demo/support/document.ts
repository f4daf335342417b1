import SwaggerParser from '@apidevtools/swagger-parser'
import { at, isObject, toList, toObject, toText } from './json.ts'
import type { JsonObject } from './json.ts'

/** Where the demo's document is. */
export const DOCUMENT_FILE = 'specs/flowtly/openapi.yaml'

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const

/** One documented parameter, with nothing left to resolve. */
export type DocumentedParameter = {
  readonly name: string
  readonly in: string
  readonly schema: JsonObject
}

/** One documented operation, with nothing left to resolve. */
export type DocumentedOperation = {
  readonly id: string
  readonly method: string
  /** With `{placeholders}`. */
  readonly path: string
  readonly isOpen: boolean
  readonly parameters: readonly DocumentedParameter[]
  /** Media type and schema; null when there is no body. */
  readonly body: { readonly mediaType: string; readonly schema: JsonObject } | null
  /** Response objects by status. */
  readonly responses: JsonObject
}

/** Reads the document and resolves every reference, without our generator. */
export async function readOperations(): Promise<readonly DocumentedOperation[]> {
  const document: unknown = await SwaggerParser.dereference(DOCUMENT_FILE)
  return Object.entries(toObject(at(document, 'paths'))).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = at(item, method)
      return isObject(operation) ? [toOperation(path, method, item, operation)] : []
    }),
  )
}

function toOperation(
  path: string,
  method: string,
  item: unknown,
  operation: JsonObject,
): DocumentedOperation {
  const shared = at(item, 'parameters') ?? []
  const own = operation['parameters'] ?? []
  const security = operation['security']
  return {
    id: toText(operation['operationId']),
    method: method.toUpperCase(),
    path,
    isOpen: Array.isArray(security) && security.length === 0,
    parameters: [...toList(shared), ...toList(own)].map((parameter) => ({
      name: toText(at(parameter, 'name')),
      in: toText(at(parameter, 'in')),
      schema: toObject(at(parameter, 'schema')),
    })),
    body: toBody(operation),
    responses: toObject(operation['responses']),
  }
}

function toBody(operation: JsonObject): DocumentedOperation['body'] {
  const content = at(operation, 'requestBody', 'content')
  if (!isObject(content)) return null
  const [entry] = Object.entries(content)
  if (entry === undefined) return null
  return { mediaType: entry[0], schema: toObject(at(entry[1], 'schema')) }
}
