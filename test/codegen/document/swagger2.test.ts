import { describe, expect, it } from '@jest/globals'
import type { Bundle } from '../../../codegen/document/bundle.ts'
import { objectAt, type JsonObject } from '../../../codegen/json.ts'
import { toPointer, valueAt, type Path } from '../../../codegen/json-pointer.ts'
import { upgradeSwagger2 } from '../../../codegen/document/swagger2/upgrade.ts'

const RESPONSES = { '200': { description: 'Good.', schema: { type: 'object' } } }

function upgrade(document: JsonObject): Bundle {
  return upgradeSwagger2({
    document: { swagger: '2.0', info: { title: 'Old', version: '1' }, ...document },
    url: null,
    place: (path) => ({ file: 'swagger.yaml', line: null, column: null, where: toPointer(path) }),
  })
}

function upgradeGet(operation: JsonObject, more: JsonObject = {}): JsonObject {
  const paths = { '/things': { get: { responses: RESPONSES, ...operation } } }
  return objectAt(valueAt(upgrade({ ...more, paths }).document, ['paths', '/things', 'get']))
}

describe('upgradeSwagger2', () => {
  it.each<[rule: string, parameter: JsonObject, upgraded: JsonObject]>([
    [
      'csv, where nothing is said',
      { in: 'query', items: { type: 'string' } },
      { in: 'query', style: 'form', explode: false },
    ],
    [
      'multi',
      { in: 'query', items: { type: 'string' }, collectionFormat: 'multi' },
      { in: 'query', style: 'form', explode: true },
    ],
    [
      'ssv',
      { in: 'query', items: { type: 'string' }, collectionFormat: 'ssv' },
      { in: 'query', style: 'spaceDelimited', explode: false },
    ],
    [
      'tsv',
      { in: 'query', items: { type: 'string' }, collectionFormat: 'tsv' },
      { in: 'query', style: 'tabDelimited', explode: false },
    ],
    [
      'pipes, in a header',
      { in: 'header', items: { type: 'string' }, collectionFormat: 'pipes' },
      { in: 'header', style: 'pipeDelimited', explode: false },
    ],
    [
      'csv, in a path',
      { in: 'path', items: { type: 'string' }, collectionFormat: 'csv', required: true },
      { in: 'path', style: 'simple', required: true },
    ],
  ])('says a list as %s', (_rule, parameter, { in: where, ...rest }) => {
    const { parameters } = upgradeGet({
      parameters: [{ name: 'x', type: 'array', ...parameter }],
    })

    const schema = { type: 'array', items: { type: 'string' } }
    expect(parameters).toEqual([{ name: 'x', in: where, ...rest, schema }])
  })

  it('takes a parameter apart into what it is and what its values are', () => {
    const { parameters } = upgradeGet({
      parameters: [
        {
          ...{ name: 'x', in: 'query', type: 'integer', format: 'int32', default: 5, minimum: 1 },
          ...{ exclusiveMinimum: true, description: 'How many.', allowEmptyValue: true },
        },
      ],
    })

    expect(parameters).toEqual([
      {
        ...{ name: 'x', in: 'query', description: 'How many.', allowEmptyValue: true },
        schema: {
          ...{ type: 'integer', format: 'int32', default: 5, minimum: 1 },
          exclusiveMinimum: true,
        },
      },
    ])
  })

  it("gives an operation its path's parameters, its own over them, and follows references", () => {
    const { document } = upgrade({
      components: { parameters: { Size: { name: 'size', in: 'query', type: 'integer' } } },
      paths: {
        '/things/{id}': {
          parameters: [
            { name: 'id', in: 'path', required: true, type: 'string' },
            { name: 'size', in: 'query', type: 'string' },
          ],
          get: { parameters: [{ $ref: '#/components/parameters/Size' }], responses: RESPONSES },
        },
      },
    })

    expect(valueAt(document, ['paths', '/things/{id}'])).not.toHaveProperty('parameters')
    expect(valueAt(document, ['paths', '/things/{id}', 'get', 'parameters'])).toEqual([
      { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'size', in: 'query', schema: { type: 'integer' } },
    ])
    expect(document).not.toHaveProperty('components.parameters')
  })

  it('makes a body of a body, of the types that are consumed', () => {
    const body = { name: 'b', in: 'body', required: true, schema: { type: 'object' } }

    const { requestBody } = upgradeGet({ parameters: [body] }, { consumes: ['application/json'] })

    expect(requestBody).toEqual({
      required: true,
      content: { 'application/json': { schema: { type: 'object' } } },
    })
  })

  it('makes a form of form fields', () => {
    const { requestBody } = upgradeGet({
      consumes: ['multipart/form-data'],
      parameters: [
        { name: 'file', in: 'formData', required: true, type: 'file' },
        { name: 'note', in: 'formData', type: 'string' },
      ],
    })

    expect(requestBody).toEqual({
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              file: { type: 'string', format: 'binary' },
              note: { type: 'string' },
            },
            required: ['file'],
          },
        },
      },
    })
  })

  it.each<[rule: string, operation: JsonObject, root: JsonObject, types: readonly string[]]>([
    [
      "the operation's",
      { produces: ['text/csv'] },
      { produces: ['application/json'] },
      ['text/csv'],
    ],
    ["the document's", {}, { produces: ['text/plain', 'text/csv'] }, ['text/plain', 'text/csv']],
    ['JSON', {}, {}, ['application/json']],
  ])('answers in %s types', (_rule, operation, root, types) => {
    const content = valueAt(upgradeGet(operation, root), ['responses', '200', 'content'])

    expect(Object.keys(objectAt(content))).toEqual(types)
  })

  it('answers with bytes where a file is meant', () => {
    const responses = { '200': { description: 'A file.', schema: { type: 'file' } } }

    const get = upgradeGet({ produces: ['application/pdf'], responses })

    expect(valueAt(get, ['responses', '200', 'content', 'application/pdf', 'schema'])).toEqual({
      type: 'string',
      format: 'binary',
    })
  })

  it.each<[root: JsonObject, url: string]>([
    [
      { host: 'api.example.com', basePath: '/v1', schemes: ['http', 'https'] },
      'https://api.example.com/v1',
    ],
    [{ host: 'api.example.com', schemes: ['http'] }, 'http://api.example.com'],
    [{ host: 'api.example.com', schemes: ['wss'] }, 'https://api.example.com'],
    [{ host: 'api.example.com:8443', basePath: 'v1' }, 'https://api.example.com:8443/v1'],
    [{ basePath: '/api/v1' }, '/api/v1'],
    [{}, '/'],
  ])('serves %j at %s', (root, url) => {
    expect(upgrade({ ...root, paths: {} }).document['servers']).toEqual([{ url }])
  })

  it.each<[scheme: JsonObject, upgraded: JsonObject]>([
    [{ type: 'basic' }, { type: 'http', scheme: 'basic' }],
    [
      { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      { type: 'apiKey', in: 'header', name: 'X-API-Key' },
    ],
    [
      {
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: 'https://a',
        tokenUrl: 'https://t',
        scopes: { read: 'Reads.' },
      },
      {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://a',
            tokenUrl: 'https://t',
            scopes: { read: 'Reads.' },
          },
        },
      },
    ],
    [
      { type: 'oauth2', flow: 'application', tokenUrl: 'https://t' },
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://t', scopes: {} } } },
    ],
  ])('says the security scheme %j', (scheme, upgraded) => {
    const components = { securitySchemes: { key: scheme } }

    const { document } = upgrade({ components, paths: {} })

    expect(valueAt(document, ['components', 'securitySchemes', 'key'])).toEqual(upgraded)
  })

  it.each<[upgraded: Path, written: string]>([
    [['parameters', '0', 'schema', 'type'], '/paths/~1things/get/parameters/1/type'],
    [['requestBody'], '/paths/~1things/get/parameters/0'],
    [
      ['responses', '200', 'content', 'application/json', 'schema', 'type'],
      '/paths/~1things/get/responses/200/schema/type',
    ],
  ])('knows where %j was written', (path, written) => {
    const { place } = upgrade({
      paths: {
        '/things': {
          get: {
            parameters: [
              { name: 'b', in: 'body', schema: {} },
              { name: 'x', in: 'query', type: 'string' },
            ],
            responses: RESPONSES,
          },
        },
      },
    })

    expect(place(['paths', '/things', 'get', ...path]).where).toBe(written)
  })
})
