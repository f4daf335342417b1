// Deep: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_list = defineTool<paths>()({
  name: "reports.list",
  title: "List reports",
  description: "List reports.",
  instructions: "Returns one record. Narrow it with filter, implicit, ranges, created, filter_state and query_filter_state.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listReports",
    "method": "GET",
    "path": "/reports",
    "template": "/reports",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "filter",
        "in": "query",
        "style": "deepObject",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "implicit",
        "in": "query",
        "style": "deepObject",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "ranges",
        "in": "query",
        "style": "deepObject",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "created",
        "in": "query",
        "style": "deepObject",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "filter[state]",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "filter[state][]",
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
      "filter": {
        "type": "object",
        "properties": {
          "state": {
            "type": "string"
          },
          "owner": {
            "type": "object",
            "properties": {
              "id": {
                "type": "string"
              }
            },
            "required": [
              "id"
            ]
          }
        },
        "additionalProperties": false
      },
      "implicit": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "ranges": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "from": {
              "type": "integer"
            },
            "to": {
              "type": "integer"
            }
          }
        }
      },
      "created": {
        "anyOf": [
          {
            "type": "object",
            "properties": {
              "gt": {
                "type": "integer"
              }
            }
          },
          {
            "type": "integer"
          }
        ]
      },
      "filter_state": {
        "type": "string",
        "description": "Sent as the query parameter \"filter[state]\".",
        "default": "open"
      },
      "query_filter_state": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Sent as the query parameter \"filter[state][]\"."
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "filter",
      "implicit",
      "ranges",
      "created",
      "filter_state",
      "query_filter_state"
    ]
  },
  input: () => z.strictObject({
    filter: z.strictObject({
      state: z.exactOptional(z.string()),
      owner: z.exactOptional(z.looseObject({
        id: z.string(),
      })),
    }).optional(),
    implicit: z.record(z.string(), z.string()).optional(),
    ranges: z.array(z.looseObject({
      from: z.exactOptional(z.int()),
      to: z.exactOptional(z.int()),
    })).optional(),
    created: z.union([
      z.looseObject({
        gt: z.exactOptional(z.int()),
      }),
      z.int(),
    ]).optional(),
    filter_state: z.string().default("open"),
    query_filter_state: z.array(z.string()).optional(),
  }),
  call: (upstream, args) => upstream.GET("/reports", {
    params: {
      query: defined<NonNullable<paths["/reports"]["get"]["parameters"]["query"]>>({
        filter: args.filter,
        implicit: args.implicit,
        ranges: args.ranges,
        created: args.created,
        "filter[state]": args.filter_state,
        "filter[state][]": args.query_filter_state,
      }),
    },
  }),
})
