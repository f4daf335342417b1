// Files: Parts.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const parts_get = defineTool<paths>()({
  name: "parts.get",
  title: "Get parts",
  description: "Get parts.",
  instructions: "Use it for one part by its id. Returns one record with own.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getPart",
    "method": "GET",
    "path": "/parts/{id}",
    "template": "/parts/{id}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "id",
        "in": "path",
        "style": "simple",
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
      "id": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "id"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": [
      "own"
    ],
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    id: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/parts/{id}", {
    params: {
      path: {
        id: args.id,
      },
    },
  }),
})

export const parts_list = defineTool<paths>()({
  name: "parts.list",
  title: "List parts",
  description: "List parts.",
  instructions: "Use it to find parts. Returns a list of parts with id, color and whole.whole.id. Narrow it with color.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listParts",
    "method": "GET",
    "path": "/parts",
    "template": "/parts",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "color",
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
      "color": {
        "type": "string",
        "enum": [
          "red",
          "blue"
        ],
        "default": "red"
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": [
      "id",
      "color",
      "whole.whole.id"
    ],
    "paging": null,
    "filters": [
      "color"
    ]
  },
  input: () => z.strictObject({
    color: z.enum([
      "red",
      "blue"
    ]).optional(),
  }),
  call: (upstream, args) => upstream.GET("/parts", {
    params: {
      query: defined<NonNullable<paths["/parts"]["get"]["parameters"]["query"]>>({
        color: args.color,
      }),
    },
  }),
})
