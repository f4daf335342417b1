import { describe, expect, it } from '@jest/globals'
import { DOCUMENT, edit, reportOf } from './fixture.ts'

const document = (from: string, to: string) => edit(DOCUMENT, from, to)

describe('the document', () => {
  const limit = '{ name: limit, in: query, schema: { type: integer, maximum: 50 } }'

  it.each<[rule: string, document: string, report: string]>([
    [
      'is of a version of Swagger that is known',
      "swagger: '1.2'\npaths: {}\n",
      'openapi.yaml:1:1 #\n    "swagger" must be 2.0; found "1.2"',
    ],
    [
      'is of a version of OpenAPI that is known',
      document('openapi: 3.1.0', 'openapi: 4.0.0'),
      'openapi.yaml:1:1 #\n    "openapi" must be 3.0.x, 3.1.x or 3.2.x; found "4.0.0"',
    ],
    [
      'says its version',
      document('openapi: 3.1.0\n', ''),
      'openapi.yaml:1:1 #\n    "openapi" must be 3.0.x, 3.1.x or 3.2.x; found none',
    ],
    [
      'is YAML or JSON',
      'openapi: "3.1.0',
      'openapi.yaml:1:17\n    is not valid YAML: unexpected end of the stream within a double quoted scalar',
    ],
    [
      'says where a parameter goes that the upstream needs',
      document(limit, '{ name: limit, required: true, schema: { type: string } }'),
      'openapi.yaml:14:11 #/paths/~1orders/get/parameters/1\n    is not a parameter: "limit" needs an "in" of path, query, header, cookie',
    ],
    [
      'requires no cookie that no cookie can be named',
      document(limit, '{ name: "a b", in: cookie, required: true, schema: { type: string } }'),
      'openapi.yaml:14:11 #/paths/~1orders/get/parameters/1\n    the parameter "a b" is no name of a cookie, and it is required',
    ],
    [
      'requires no parameter that makes another request of it',
      document(limit, '{ name: _method, in: query, required: true, schema: { type: string } }'),
      'openapi.yaml:14:11 #/paths/~1orders/get/parameters/1\n    the parameter "_method" may turn the request into a write, and it is required',
    ],
    [
      'has no expression in its paths that is no parameter',
      document('  /orders:', "  '/orders{?page}':"),
      'openapi.yaml:10:5 #/paths/~1orders{?page}/get\n    the path has {?page}, which is no parameter of a path\n    → write the path without it, and describe its parameters with "in: query"',
    ],
    [
      'has no path that a URL would fold into another',
      document('  /orders:', '  /me/../orders:'),
      'openapi.yaml:10:5 #/paths/~1me~1..~1orders/get\n    the path "/me/../orders" has a dot segment, so it names another',
    ],
    [
      'names parameters that exist',
      document(limit, "{ $ref: '#/components/parameters/Limt' }").replace(
        'components:\n',
        'components:\n  parameters: { Limit: { name: limit, in: query, schema: { type: integer } } }\n',
      ),
      'openapi.yaml:14:13 #/paths/~1orders/get/parameters/1/$ref\n    the reference "#/components/parameters/Limt" points to nothing\n    → did you mean "Limit"?',
    ],
    [
      'has references that end somewhere',
      document(limit, "{ $ref: '#/components/parameters/A' }").replace(
        'components:\n',
        "components:\n  parameters: { A: { $ref: '#/components/parameters/B' }, B: { $ref: '#/components/parameters/A' } }\n",
      ),
      'openapi.yaml:14:13 #/paths/~1orders/get/parameters/1/$ref\n    the references lead in a circle',
    ],
    [
      'gives an operation that is named by its id an id of its own',
      document('operationId: getMe', 'operationId: listOrders'),
      [
        'allow-list.yaml:5:25 upstream → profile → operation\n    no operation has the operationId "getMe"',
        'allow-list.yaml:6:31 upstream → organizations → operation\n    no operation has the operationId "getMe"',
        'allow-list.yaml:11:16 tools → orders.list → operation\n    "listOrders" is several operations\n    → name one of them by its path: GET /me, GET /orders',
      ].join('\n  '),
    ],
  ])('%s', async (_rule, text, report) => {
    const [heading, ...rest] = (await reportOf(text)).split('\n')

    expect(heading).toMatch(/^error: \d+ problems? in the document or the allow-list$/)
    expect(rest.join('\n')).toBe(`  ${report}`)
  })
})
