// Nullable: Things.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const things_list = defineTool<paths>()({
  name: "things.list",
  title: "List things",
  description: "List things.",
  instructions: "Use it to find things. Returns a list of things with id and meta.free.form. Narrow it with text, choice, mixed, number, either, both, beside, odd, implied, where and shape.",
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
        "name": "text",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "choice",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "mixed",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "number",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "either",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "both",
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
        "name": "odd",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "implied",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "session",
        "in": "cookie",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "where",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json"
      },
      {
        "name": "shape",
        "in": "query",
        "style": "deepObject",
        "explode": false,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "text": {
        "type": [
          "string",
          "null"
        ],
        "examples": [
          "a"
        ]
      },
      "choice": {
        "type": [
          "string",
          "null"
        ],
        "enum": [
          "a",
          "b",
          null
        ]
      },
      "mixed": {
        "enum": [
          1,
          "two",
          true
        ]
      },
      "number": {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": 9
      },
      "either": {
        "anyOf": [
          {
            "oneOf": [
              {
                "type": "integer"
              },
              {
                "type": "string",
                "format": "uuid"
              }
            ]
          },
          {
            "type": "null"
          }
        ]
      },
      "both": {
        "description": "A code.",
        "type": "string",
        "minLength": 2,
        "pattern": "^(?=[\\s\\S]*?(?:^[a-z0-9]*$))(?=[\\s\\S]*?(?:\\d))",
        "maxLength": 4
      },
      "beside": {
        "description": "Told beside a reference.",
        "type": "string",
        "minLength": 2,
        "pattern": "^[a-z0-9]*$"
      },
      "odd": {
        "type": "string"
      },
      "implied": {
        "type": "string",
        "minLength": 2
      },
      "session": {
        "type": "string"
      },
      "where": {
        "type": "object"
      },
      "shape": {
        "type": "object",
        "required": [
          "x"
        ],
        "properties": {
          "x": {
            "type": [
              "integer",
              "null"
            ]
          },
          "y": {
            "type": "number"
          }
        },
        "additionalProperties": false
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/things",
    "columns": [
      "id",
      "meta.free.form"
    ],
    "paging": null,
    "filters": [
      "text",
      "choice",
      "mixed",
      "number",
      "either",
      "both",
      "beside",
      "odd",
      "implied",
      "where",
      "shape"
    ]
  },
  input: () => z.strictObject({
    text: z.string().nullable().optional(),
    choice: z.enum([
      "a",
      "b"
    ]).nullable().optional(),
    mixed: z.literal([
      1,
      "two",
      true
    ]).optional(),
    number: z.number().gt(0).max(9).optional(),
    either: z.union([
      z.xor([
        z.int(),
        z.string().check(format("uuid")),
      ]),
      z.null(),
    ]).optional(),
    both: z.string().check(length(2, 4)).regex(new RegExp("^(?=[\\s\\S]*?(?:^[a-z0-9]*$))(?=[\\s\\S]*?(?:\\d))", 'u')).optional(),
    beside: z.string().check(length(2)).regex(new RegExp("^[a-z0-9]*$", 'u')).optional(),
    odd: z.string().optional(),
    implied: z.string().check(length(2)).optional(),
    session: z.string().optional(),
    where: z.record(z.string(), z.unknown()).optional(),
    shape: z.strictObject({
      x: z.int().nullable(),
      y: z.exactOptional(z.number()),
    }).optional(),
  }),
  call: (upstream, args) => upstream.GET("/things", {
    params: {
      query: defined<NonNullable<paths["/things"]["get"]["parameters"]["query"]>>({
        text: args.text,
        choice: args.choice,
        mixed: args.mixed,
        number: args.number,
        either: args.either,
        both: args.both,
        beside: args.beside,
        odd: args.odd,
        implied: args.implied,
        where: args.where,
        shape: args.shape,
      }),
      cookie: defined<NonNullable<paths["/things"]["get"]["parameters"]["cookie"]>>({
        session: args.session,
      }),
    },
  }),
})
