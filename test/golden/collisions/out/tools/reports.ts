// Collisions: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_get = defineTool<paths>()({
  name: "reports.get",
  title: "Get reports",
  description: "Get reports.",
  instructions: "Use it for one report by its report_id. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getReport",
    "method": "GET",
    "path": "/teams/{id}/reports/{report_id}",
    "template": "/teams/{id}/reports/{report_id}",
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
      },
      {
        "name": "x-trace",
        "in": "header",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "fields",
        "in": "query",
        "style": "form",
        "explode": true,
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
      },
      {
        "name": "id",
        "in": "header",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "id",
        "in": "cookie",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "report_id",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "report-id",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "report[id]",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "report.id",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "at<",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "at>",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "at<=",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "at>=",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "$select",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "select",
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
      "id": {
        "type": "integer",
        "description": "Of the team."
      },
      "x_trace": {
        "type": "string",
        "description": "Any case. Sent as the header \"x-trace\"."
      },
      "fields": {
        "type": "string"
      },
      "query_id": {
        "type": "string",
        "description": "Of the search. Sent as the query parameter \"id\"."
      },
      "header_id": {
        "type": "string",
        "description": "Sent as the header \"id\"."
      },
      "cookie_id": {
        "type": "string",
        "description": "Sent as the cookie \"id\"."
      },
      "report_id": {
        "type": "string",
        "minLength": 1
      },
      "query_report_id": {
        "type": "string",
        "description": "Sent as the query parameter \"report-id\"."
      },
      "query_report_id_2": {
        "type": "string",
        "description": "Sent as the query parameter \"report[id]\"."
      },
      "query_report_id_3": {
        "type": "string",
        "description": "Sent as the query parameter \"report.id\"."
      },
      "at_lt": {
        "type": "string",
        "format": "date",
        "description": "Sent as the query parameter \"at<\"."
      },
      "at_gt": {
        "type": "string",
        "format": "date",
        "description": "Sent as the query parameter \"at>\"."
      },
      "at_lte": {
        "type": "string",
        "format": "date",
        "description": "Sent as the query parameter \"at<=\"."
      },
      "at_gte": {
        "type": "string",
        "format": "date",
        "description": "Sent as the query parameter \"at>=\"."
      },
      "query_select": {
        "type": "string",
        "description": "Sent as the query parameter \"$select\"."
      },
      "select": {
        "type": "string"
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
      "query_report_id",
      "query_report_id_2",
      "query_report_id_3",
      "at_lt",
      "at_gt",
      "at_lte",
      "at_gte",
      "query_select",
      "select"
    ]
  },
  input: () => z.strictObject({
    id: z.int(),
    x_trace: z.string().optional(),
    fields: z.string().optional(),
    query_id: z.string().optional(),
    header_id: z.string().optional(),
    cookie_id: z.string().optional(),
    report_id: z.string().min(1),
    query_report_id: z.string().optional(),
    query_report_id_2: z.string().optional(),
    query_report_id_3: z.string().optional(),
    at_lt: z.string().check(format("date")).optional(),
    at_gt: z.string().check(format("date")).optional(),
    at_lte: z.string().check(format("date")).optional(),
    at_gte: z.string().check(format("date")).optional(),
    query_select: z.string().optional(),
    select: z.string().optional(),
  }),
  call: (upstream, args) => upstream.GET("/teams/{id}/reports/{report_id}", {
    params: {
      path: {
        id: args.id,
        report_id: args.report_id,
      },
      query: defined<NonNullable<paths["/teams/{id}/reports/{report_id}"]["get"]["parameters"]["query"]>>({
        fields: args.fields,
        id: args.query_id,
        "report-id": args.query_report_id,
        "report[id]": args.query_report_id_2,
        "report.id": args.query_report_id_3,
        "at<": args.at_lt,
        "at>": args.at_gt,
        "at<=": args.at_lte,
        "at>=": args.at_gte,
        $select: args.query_select,
        select: args.select,
      }),
      header: defined<NonNullable<paths["/teams/{id}/reports/{report_id}"]["get"]["parameters"]["header"]>>({
        "x-trace": args.x_trace,
        id: args.header_id,
      }),
      cookie: defined<NonNullable<paths["/teams/{id}/reports/{report_id}"]["get"]["parameters"]["cookie"]>>({
        id: args.cookie_id,
      }),
    },
  }),
})
