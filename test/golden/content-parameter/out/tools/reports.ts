// Contents: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_list = defineTool<paths>()({
  name: "reports.list",
  title: "List reports",
  description: "List reports.",
  instructions: "Use it for one report by its scope. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listReports",
    "method": "GET",
    "path": "/reports/{scope}",
    "template": "/reports/{scope}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "filter",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json"
      },
      {
        "name": "scope",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": "application/vnd.scope+json"
      },
      {
        "name": "sort",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json"
      },
      {
        "name": "any",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json"
      },
      {
        "name": "query",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/sql"
      },
      {
        "name": "X-Context",
        "in": "header",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": "application/json"
      },
      {
        "name": "view",
        "in": "cookie",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json; charset=utf-8"
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "filter": {
        "type": "object",
        "required": [
          "field"
        ],
        "properties": {
          "field": {
            "type": "string"
          },
          "value": {
            "type": [
              "string",
              "number"
            ]
          }
        },
        "description": "What the reports must have.",
        "examples": [
          {
            "field": "state",
            "value": "open"
          }
        ]
      },
      "scope": {
        "type": "object",
        "properties": {
          "team": {
            "type": "string"
          }
        }
      },
      "any": {},
      "query": {
        "type": "string"
      },
      "X_Context": {
        "type": "array",
        "items": {
          "type": "integer"
        },
        "description": "Sent as the header \"X-Context\"."
      },
      "view": {
        "type": "object",
        "properties": {
          "dark": {
            "type": "boolean"
          }
        }
      }
    },
    "required": [
      "filter",
      "scope"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "any",
      "query"
    ]
  },
  input: () => z.strictObject({
    filter: z.looseObject({
      field: z.string(),
      value: z.exactOptional(z.union([z.string(), z.number()])),
    }),
    scope: z.looseObject({
      team: z.exactOptional(z.string()),
    }),
    any: z.unknown().optional(),
    query: z.string().optional(),
    X_Context: z.array(z.int()).optional(),
    view: z.looseObject({
      dark: z.exactOptional(z.boolean()),
    }).optional(),
  }),
  call: (upstream, args) => upstream.GET("/reports/{scope}", {
    params: {
      path: {
        scope: args.scope,
      },
      query: defined<NonNullable<paths["/reports/{scope}"]["get"]["parameters"]["query"]>>({
        filter: args.filter,
        sort: {
          "by": "date"
        },
        any: args.any,
        query: args.query,
      }),
      header: defined<NonNullable<paths["/reports/{scope}"]["get"]["parameters"]["header"]>>({
        "X-Context": args.X_Context,
      }),
      cookie: defined<NonNullable<paths["/reports/{scope}"]["get"]["parameters"]["cookie"]>>({
        view: args.view,
      }),
    },
  }),
})
