// Types: Things.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, also, distinct, format, length, multipleOf } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const things_list = defineTool<paths>()({
  name: "things.list",
  title: "List things",
  description: "List things.",
  instructions: "Use it to find things. Returns a list of things. Narrow it with either, exact, bounds, pair, open, unlike, branches, moment, numbers, listed, torn and chosen.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listThings",
    "method": "GET",
    "path": "/things",
    "template": "/things",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "either",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "exact",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "bounds",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "pair",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "open",
        "in": "query",
        "style": "deepObject",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "unlike",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "branches",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "moment",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "numbers",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "listed",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "torn",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "chosen",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "beside",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "nothing",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "file",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "distinct",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "id",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "either": {
        "type": [
          "string",
          "integer",
          "null"
        ],
        "minLength": 2,
        "minimum": 10
      },
      "exact": {
        "const": 7
      },
      "bounds": {
        "type": "number",
        "exclusiveMinimum": 0,
        "exclusiveMaximum": 1,
        "multipleOf": 0.01
      },
      "pair": {
        "type": "array",
        "items": {
          "anyOf": [
            {
              "type": "string"
            },
            {
              "type": "integer"
            }
          ]
        },
        "maxItems": 2
      },
      "open": {
        "type": "object"
      },
      "unlike": {
        "type": "string",
        "maxLength": 3
      },
      "branches": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "string",
            "format": "date"
          }
        ]
      },
      "moment": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "null"
          }
        ],
        "format": "date-time"
      },
      "numbers": {
        "type": "string",
        "enum": [
          "1",
          "2",
          "three"
        ]
      },
      "listed": {
        "type": "array",
        "items": {
          "enum": [
            "a",
            "b"
          ]
        }
      },
      "torn": {
        "type": "string"
      },
      "chosen": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "integer"
          }
        ],
        "allOf": [
          {
            "anyOf": [
              {
                "type": "integer"
              },
              {
                "type": "boolean"
              }
            ]
          }
        ]
      },
      "beside": {
        "maxLength": 5,
        "type": "string",
        "minLength": 2,
        "pattern": "^[A-Z]*$"
      },
      "nothing": {
        "type": "string"
      },
      "file": {},
      "distinct": {
        "type": "array",
        "uniqueItems": true,
        "items": {
          "type": [
            "string",
            "null"
          ]
        }
      },
      "id": {
        "type": "integer",
        "format": "int64",
        "maximum": 9223372036854776000
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": [
      "either",
      "exact",
      "bounds",
      "pair",
      "open",
      "unlike",
      "branches",
      "moment",
      "numbers",
      "listed",
      "torn",
      "chosen",
      "beside",
      "nothing",
      "file",
      "distinct",
      "id"
    ]
  },
  input: () => z.strictObject({
    either: z.union([z.string().check(length(2)), z.int().min(10)]).nullable().optional(),
    exact: z.literal(7).optional(),
    bounds: z.number().gt(0).lt(1).check(multipleOf(0.01)).optional(),
    pair: z.array(z.union([
      z.string(),
      z.int(),
    ])).max(2).optional(),
    open: z.record(z.string(), z.unknown()).optional(),
    unlike: z.string().check(length(0, 3)).optional(),
    branches: z.union([
      z.string(),
      z.string().check(format("date")),
    ]).optional(),
    moment: z.union([
      z.string().check(format("date-time")),
      z.null(),
    ]).optional(),
    numbers: z.enum([
      "1",
      "2",
      "three"
    ]).optional(),
    listed: z.array(z.enum([
      "a",
      "b"
    ])).optional(),
    torn: z.string().optional(),
    chosen: z.union([
      z.string(),
      z.int(),
    ]).superRefine(also(z.union([
      z.int(),
      z.boolean(),
    ]))).optional(),
    beside: z.string().check(length(2, 5)).regex(new RegExp("^[A-Z]*$", 'u')).optional(),
    nothing: z.string().optional(),
    file: z.unknown().optional(),
    distinct: z.array(z.string().nullable()).check(distinct()).optional(),
    id: z.int().max(9223372036854776000).optional(),
  }),
  call: (upstream, args) => upstream.GET("/things", {
    params: {
      query: defined<NonNullable<paths["/things"]["get"]["parameters"]["query"]>>({
        either: args.either,
        exact: args.exact,
        bounds: args.bounds,
        pair: args.pair,
        open: args.open,
        unlike: args.unlike,
        branches: args.branches,
        moment: args.moment,
        numbers: args.numbers,
        listed: args.listed,
        torn: args.torn,
        chosen: args.chosen,
        beside: args.beside,
        nothing: args.nothing,
        file: args.file,
        distinct: args.distinct,
        id: args.id,
      }),
    },
  }),
})
