// Paths: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_account = defineTool<paths>()({
  name: "reports.account",
  title: "Account reports",
  description: "Account reports.",
  instructions: "Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getAccount",
    "method": "GET",
    "path": "/accounts/{owner}:{repo}{format}",
    "template": "/accounts/{owner}:{repo}{format}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "repo",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "format",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "owner",
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
      "repo": {
        "type": "string",
        "minLength": 1
      },
      "format": {
        "type": "string",
        "minLength": 1
      },
      "owner": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "repo",
      "format",
      "owner"
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
    repo: z.string().min(1),
    format: z.string().min(1),
    owner: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/accounts/{owner}:{repo}{format}", {
    params: {
      path: {
        repo: args.repo,
        format: args.format,
        owner: args.owner,
      },
    },
  }),
})

export const reports_file = defineTool<paths>()({
  name: "reports.file",
  title: "File reports",
  description: "File reports.",
  instructions: "Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getFile",
    "method": "GET",
    "path": "/files/{path*}/{id:[0-9]+}",
    "template": "/files/{path}/{id}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "path",
        "in": "path",
        "style": "simple",
        "explode": false,
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
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "path": {
        "type": "string",
        "minLength": 1
      },
      "id": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "path",
      "id"
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
    path: z.string().min(1),
    id: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/files/{path*}/{id:[0-9]+}", {
    params: {
      path: {
        path: args.path,
        id: args.id,
      },
    },
  }),
})

export const reports_list = defineTool<paths>()({
  name: "reports.list",
  title: "List reports",
  description: "List reports.",
  instructions: "Returns one record. Narrow it with state.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listReports",
    "method": "GET",
    "path": "/reports?view=full&owner={owner}&state={state}",
    "template": "/reports",
    "query": "view=full&owner={owner}",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "owner",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "state",
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
      "owner": {
        "type": "string",
        "minLength": 1
      },
      "state": {
        "type": "string"
      }
    },
    "required": [
      "owner"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "state"
    ]
  },
  input: () => z.strictObject({
    owner: z.string().min(1),
    state: z.string().optional(),
  }),
  call: (upstream, args) => upstream.GET("/reports?view=full&owner={owner}&state={state}", {
    params: {
      path: {
        owner: args.owner,
      },
      query: defined<NonNullable<paths["/reports?view=full&owner={owner}&state={state}"]["get"]["parameters"]["query"]>>({
        state: args.state,
      }),
    },
  }),
})
