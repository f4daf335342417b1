import { describe, expect, it } from '@jest/globals'
import { DOCUMENT, edit, warningsOf } from './fixture.ts'

const LIMIT = '{ name: limit, in: query, schema: { type: integer, maximum: 50 } }'
const parameter = (text: string) => edit(DOCUMENT, LIMIT, text)
const AT = 'openapi.yaml:14:11 #/paths/~1orders/get/parameters/1\n    '

describe('a fault of a parameter that its operation can be sent without', () => {
  it.each<[rule: string, document: string, warning: string]>([
    [
      'is a place that is none',
      parameter('{ name: limit, in: body, schema: { type: integer } }'),
      `${AT}is not a parameter: "limit" needs an "in" of path, query, header, cookie; it is left out`,
    ],
    [
      'is a name that is none',
      parameter('{ in: query, schema: { type: integer } }'),
      `${AT}is not a parameter: it needs a "name"; it is left out`,
    ],
    [
      'is a header that none can be named',
      parameter('{ name: "a:b", in: header, schema: { type: string } }'),
      `${AT}the parameter "a:b" is no name of a header; it is left out`,
    ],
    [
      'is a way to make a write of the request',
      parameter('{ name: _method, in: query, schema: { type: string } }'),
      `${AT}the parameter "_method" may turn the request into a write; it is left out`,
    ],
    [
      'is a credential that the connector does not ask its caller for',
      parameter('{ name: token, in: query, required: true, schema: { type: string } }'),
      `${AT}the parameter "token" is a credential; the connector sends the member's own, and not this one`,
    ],
    [
      'is a style that does not go with the place',
      parameter('{ name: limit, in: query, style: matrix, schema: { type: string } }'),
      'openapi.yaml:14:37 #/paths/~1orders/get/parameters/1/style\n    the style "matrix" is not one for "query"; form is used\n    → there are form, deepObject, spaceDelimited, pipeDelimited, tabDelimited',
    ],
    [
      'is a path that does not have it',
      parameter('{ name: limit, in: path, required: true, schema: { type: string } }'),
      `${AT}the path /orders has no {limit}; the parameter is left out`,
    ],
    [
      'is a path that has it already',
      edit(DOCUMENT, '  /orders:', '  /orders?limit=5:'),
      'openapi.yaml:14:11 #/paths/~1orders?limit=5/get/parameters/1\n    the path /orders?limit=5 gives "limit" a value already; the parameter is left out',
    ],
    [
      'is none that describes a part of the path',
      edit(DOCUMENT, '  /orders:', "  '/orders/{day}':"),
      'openapi.yaml:10:5 #/paths/~1orders~1{day}/get\n    the path has {day}, but no parameter of the operation describes it; any text is taken',
    ],
    [
      'is no "in" for what the path has',
      edit(
        parameter('{ name: limit, schema: { type: string } }'),
        '  /orders:',
        "  '/orders/{limit}':",
      ),
      'openapi.yaml:14:11 #/paths/~1orders~1{limit}/get/parameters/1\n    "limit" says no known "in"; the path has it, so it is sent there',
    ],
    [
      'is a default that its own schema refuses',
      parameter('{ name: limit, in: query, schema: { type: integer, maximum: 50, default: 99 } }'),
      `${AT}the default 99 is left out: it must be <= 50`,
    ],
    [
      'is a body that a GET needs',
      edit(
        DOCUMENT,
        '      operationId: listOrders\n',
        '      operationId: listOrders\n      requestBody: { required: true, content: { application/json: {} } }\n',
      ),
      'openapi.yaml:12:7 #/paths/~1orders/get/requestBody\n    the body of a GET is not sent, though the document requires it',
    ],
  ])('%s', async (_rule, document, warning) => {
    expect(await warningsOf(document)).toContain(warning)
  })

  it.each<[rule: string, document: string]>([
    [
      'a header that HTTP itself writes',
      parameter('{ name: Accept, in: header, required: true, schema: { type: string } }'),
    ],
    [
      'a header of the connector',
      parameter('{ name: x-secret, in: header, required: true, schema: { type: string } }'),
    ],
    [
      'a key that a security scheme names',
      edit(
        parameter('{ name: key, in: query, required: true, schema: { type: string } }'),
        'components:\n',
        'security: [{ Key: [] }]\ncomponents:\n  securitySchemes: { Key: { type: apiKey, in: query, name: key } }\n',
      ),
    ],
    [
      'a body that a GET may have',
      edit(
        DOCUMENT,
        '      operationId: listOrders\n',
        '      operationId: listOrders\n      requestBody: { content: { application/json: {} } }\n',
      ),
    ],
  ])('is not %s: that is left out without a word', async (_rule, document) => {
    expect(await warningsOf(document)).toEqual([])
  })
})
