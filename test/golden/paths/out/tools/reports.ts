// Paths: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_all = defineTool<paths>()({
  name: "reports.all",
  title: "All reports",
  description: "All reports.",
  instructions: "Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "GET /reports",
    "method": "GET",
    "path": "/reports",
    "template": "/reports",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/reports", {}),
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
    "path": "/accounts/{Sid}/{owner}:{repo}/{name}/{format}.json",
    "template": "/accounts/{Sid}/{owner}:{repo}/{name}/{format}.json",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "Sid",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "name",
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
      },
      {
        "name": "repo",
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
      "Sid": {
        "type": "string",
        "pattern": "^AC",
        "minLength": 1
      },
      "name": {
        "type": "string",
        "maxLength": 9,
        "description": "Overrides the path's.",
        "minLength": 1
      },
      "format": {
        "type": "string",
        "enum": [
          "csv",
          "txt"
        ]
      },
      "owner": {
        "type": "string",
        "minLength": 1
      },
      "repo": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "Sid",
      "name",
      "format",
      "owner",
      "repo"
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
    Sid: z.string().min(1).regex(new RegExp("^AC", 'u')),
    name: z.string().check(length(1, 9)),
    format: z.enum([
      "csv",
      "txt"
    ]),
    owner: z.string().min(1),
    repo: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/accounts/{Sid}/{owner}:{repo}/{name}/{format}.json", {
    params: {
      path: {
        Sid: args.Sid,
        name: args.name,
        format: args.format,
        owner: args.owner,
        repo: args.repo,
      },
    },
  }),
})

export const reports_fixed = defineTool<paths>()({
  name: "reports.fixed",
  title: "Fixed reports",
  description: "Fixed reports.",
  instructions: "Returns one record. Narrow it with state.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "GET /reports?view=full&owner={owner}",
    "method": "GET",
    "path": "/reports?view=full&owner={owner}",
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
  call: (upstream, args) => upstream.GET("/reports?view=full&owner={owner}", {
    params: {
      path: {
        owner: args.owner,
      },
      query: defined<NonNullable<paths["/reports?view=full&owner={owner}"]["get"]["parameters"]["query"]>>({
        state: args.state,
      }),
    },
  }),
})

export const reports_refresh = defineTool<paths>()({
  name: "reports.refresh",
  title: "Refresh reports",
  description: "Refresh reports.",
  instructions: "Returns one record. Narrow it with since.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "GET /reports#refresh",
    "method": "GET",
    "path": "/reports#refresh",
    "template": "/reports",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "since",
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
      "since": {
        "type": "string"
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
      "since"
    ]
  },
  input: () => z.strictObject({
    since: z.string().optional(),
  }),
  call: (upstream, args) => upstream.GET("/reports#refresh", {
    params: {
      query: defined<NonNullable<paths["/reports#refresh"]["get"]["parameters"]["query"]>>({
        since: args.since,
      }),
    },
  }),
})

export const reports_strange = defineTool<paths>()({
  name: "reports.strange",
  title: "Strange reports",
  description: "Strange reports.",
  instructions: "Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "GET /größe und form/{user-id}/",
    "method": "GET",
    "path": "/größe und form/{user-id}/",
    "template": "/gr%C3%B6%C3%9Fe%20und%20form/{user-id}/",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "user-id",
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
      "user_id": {
        "type": "integer",
        "description": "Sent as the path parameter \"user-id\"."
      }
    },
    "required": [
      "user_id"
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
    user_id: z.int(),
  }),
  call: (upstream, args) => upstream.GET("/größe und form/{user-id}/", {
    params: {
      path: {
        "user-id": args.user_id,
      },
    },
  }),
})
