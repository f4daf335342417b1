// Parcels: Depots.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const depots_label = defineTool<paths>()({
  name: "depots.label",
  title: "The label of a depot",
  description: "The label of a depot.",
  instructions: "Returns a PDF file.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getLabel",
    "method": "GET",
    "path": "/depots/{depot}/label",
    "template": "/depots/{depot}/label",
    "query": "",
    "server": null,
    "accept": "application/pdf",
    "parameters": [
      {
        "name": "depot",
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
      "depot": {
        "type": "string",
        "pattern": "^[A-Z]{3}$",
        "minLength": 1
      }
    },
    "required": [
      "depot"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    depot: z.string().min(1).regex(new RegExp("^[A-Z]{3}$", 'u')),
  }),
  call: (upstream, args) => upstream.GET("/depots/{depot}/label", {
    params: {
      path: {
        depot: args.depot,
      },
    },
  }),
})

export const depots_parcels = defineTool<paths>()({
  name: "depots.parcels",
  title: "Parcels in a depot",
  description: "Parcels in a depot.",
  instructions: "Use it to find parcels of one depot. Returns a list of parcels with id and receiver. Narrow it with state, tag, near, cell and weight. Ask for up to limit (200 at most) at a time.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listParcels",
    "method": "GET",
    "path": "/depots/{depot}/parcels",
    "template": "/depots/{depot}/parcels",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "depot",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "X-Trace",
        "in": "header",
        "style": "pipeDelimited",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "state",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "tag",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "near",
        "in": "query",
        "style": "spaceDelimited",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "cell",
        "in": "query",
        "style": "tabDelimited",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "weight",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "limit",
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
      "depot": {
        "type": "string",
        "pattern": "^[A-Z]{3}$",
        "minLength": 1
      },
      "X_Trace": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Sent as the header \"X-Trace\"."
      },
      "state": {
        "type": "array",
        "items": {
          "type": "string",
          "enum": [
            "open",
            "sent"
          ]
        }
      },
      "tag": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "near": {
        "type": "array",
        "items": {
          "type": "number"
        },
        "minItems": 2,
        "maxItems": 2
      },
      "cell": {
        "type": "array",
        "items": {
          "type": "integer"
        }
      },
      "weight": {
        "type": "number",
        "exclusiveMinimum": 0
      },
      "limit": {
        "type": "integer",
        "format": "int32",
        "default": 50,
        "maximum": 200
      }
    },
    "required": [
      "depot"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": [
      "id",
      "receiver"
    ],
    "paging": null,
    "filters": [
      "state",
      "tag",
      "near",
      "cell",
      "weight"
    ]
  },
  input: () => z.strictObject({
    depot: z.string().min(1).regex(new RegExp("^[A-Z]{3}$", 'u')),
    X_Trace: z.array(z.string()).optional(),
    state: z.array(z.enum([
      "open",
      "sent"
    ])).optional(),
    tag: z.array(z.string()).optional(),
    near: z.array(z.number()).min(2).max(2).optional(),
    cell: z.array(z.int()).optional(),
    weight: z.number().gt(0).optional(),
    limit: z.int32().max(200).optional(),
  }),
  call: (upstream, args) => upstream.GET("/depots/{depot}/parcels", {
    params: {
      path: {
        depot: args.depot,
      },
      query: defined<NonNullable<paths["/depots/{depot}/parcels"]["get"]["parameters"]["query"]>>({
        state: args.state,
        tag: args.tag,
        near: args.near,
        cell: args.cell,
        weight: args.weight,
        limit: args.limit,
      }),
      header: defined<NonNullable<paths["/depots/{depot}/parcels"]["get"]["parameters"]["header"]>>({
        "X-Trace": args.X_Trace,
      }),
    },
  }),
})
