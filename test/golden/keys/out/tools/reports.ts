// Keys: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_list = defineTool<paths>()({
  name: "reports.list",
  title: "List reports",
  description: "List reports.",
  instructions: "Returns a list. Narrow it with query_id, query_filter_name, filter_name, created_lt, created_gt, uids, parameter, proto, constructor_, 2fa and aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listReports",
    "method": "GET",
    "path": "/teams/{id}/reports/{report-id}",
    "template": "/teams/{id}/reports/{report-id}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "id",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "id",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "report-id",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "filter[name]",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "filter_name",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "created<",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "created>",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "uids[]",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "過去",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "__proto__",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "constructor",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "2fa",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "X-Report-Kind",
        "in": "header",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
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
      "query_id": {
        "type": "string",
        "description": "The query's id. Sent as the query parameter \"id\"."
      },
      "id": {
        "type": "string",
        "description": "The path's id.",
        "minLength": 1
      },
      "report_id": {
        "type": "integer",
        "description": "Sent as the path parameter \"report-id\"."
      },
      "query_filter_name": {
        "type": "string",
        "description": "Sent as the query parameter \"filter[name]\".",
        "default": "all"
      },
      "filter_name": {
        "type": "boolean"
      },
      "created_lt": {
        "type": "string",
        "format": "date",
        "description": "Sent as the query parameter \"created<\"."
      },
      "created_gt": {
        "type": "string",
        "format": "date",
        "description": "Sent as the query parameter \"created>\"."
      },
      "uids": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Sent as the query parameter \"uids[]\"."
      },
      "parameter": {
        "type": "string",
        "description": "Sent as the query parameter \"過去\"."
      },
      "proto": {
        "type": "string",
        "description": "Sent as the query parameter \"__proto__\"."
      },
      "constructor_": {
        "type": "string",
        "description": "Sent as the query parameter \"constructor\"."
      },
      "2fa": {
        "type": "boolean"
      },
      "X_Report_Kind": {
        "type": "string",
        "enum": [
          "long",
          "short"
        ],
        "description": "Sent as the header \"X-Report-Kind\"."
      },
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa": {
        "type": "string",
        "description": "Sent as the query parameter \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"."
      }
    },
    "required": [
      "id",
      "report_id"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "query_id",
      "query_filter_name",
      "filter_name",
      "created_lt",
      "created_gt",
      "uids",
      "parameter",
      "proto",
      "constructor_",
      "2fa",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    ]
  },
  input: () => z.strictObject({
    query_id: z.string().optional(),
    id: z.string().min(1),
    report_id: z.int(),
    query_filter_name: z.string().default("all"),
    filter_name: z.boolean().optional(),
    created_lt: z.string().check(format("date")).optional(),
    created_gt: z.string().check(format("date")).optional(),
    uids: z.array(z.string()).optional(),
    parameter: z.string().optional(),
    proto: z.string().optional(),
    constructor_: z.string().optional(),
    "2fa": z.boolean().optional(),
    X_Report_Kind: z.enum([
      "long",
      "short"
    ]).optional(),
    aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: z.string().optional(),
  }),
  call: (upstream, args) => upstream.GET("/teams/{id}/reports/{report-id}", {
    params: {
      path: {
        id: args.id,
        "report-id": args.report_id,
      },
      query: defined<NonNullable<paths["/teams/{id}/reports/{report-id}"]["get"]["parameters"]["query"]>>({
        id: args.query_id,
        "filter[name]": args.query_filter_name,
        filter_name: args.filter_name,
        "created<": args.created_lt,
        "created>": args.created_gt,
        "uids[]": args.uids,
        "過去": args.parameter,
        ["__proto__"]: args.proto,
        constructor: args.constructor_,
        "2fa": args["2fa"],
        aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: args.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,
      }),
      header: defined<NonNullable<paths["/teams/{id}/reports/{report-id}"]["get"]["parameters"]["header"]>>({
        "X-Report-Kind": args.X_Report_Kind,
      }),
    },
  }),
})
