// Posts: Reports.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, definedIfAny, defineTool, type BodyOf, format } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const reports_byIds = defineTool<paths>()({
  name: "reports.byIds",
  title: "By ids reports",
  description: "By ids reports.",
  instructions: "Use it to find reports. Returns a list of reports.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listByIds",
    "method": "POST",
    "path": "/reports/by-ids",
    "template": "/reports/by-ids",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": "application/json"
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "body": {
        "type": "array",
        "items": {
          "type": "string"
        }
      }
    },
    "required": [
      "body"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    body: z.array(z.string()),
  }),
  call: (upstream, args) => upstream.POST("/reports/by-ids", {
    body: args.body,
  }),
})

export const reports_count = defineTool<paths>()({
  name: "reports.count",
  title: "Count reports",
  description: "Count reports.",
  instructions: "Returns a list. Narrow it with year and months.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "countReports",
    "method": "POST",
    "path": "/reports/count",
    "template": "/reports/count",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": "application/json"
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "year": {
        "type": "integer",
        "minimum": 2000
      },
      "months": {
        "type": "array",
        "items": {
          "type": "integer"
        }
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
      "year",
      "months"
    ]
  },
  input: () => z.strictObject({
    year: z.int().min(2000).optional(),
    months: z.array(z.int()).optional(),
  }),
  call: (upstream, args) => upstream.POST("/reports/count", {
    body: definedIfAny<BodyOf<paths["/reports/count"]["post"]>>({
      year: args.year,
      months: args.months,
    }),
  }),
})

export const reports_latest = defineTool<paths>()({
  name: "reports.latest",
  title: "Latest reports",
  description: "Latest reports.",
  instructions: "Returns a list.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "latestReports",
    "method": "POST",
    "path": "/reports/latest",
    "template": "/reports/latest",
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
    "items": "",
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.POST("/reports/latest", {}),
})

export const reports_query = defineTool<paths>()({
  name: "reports.query",
  title: "Query reports",
  description: "Query reports.",
  instructions: "Use it to find reports. Returns a list of reports.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "queryReports",
    "method": "POST",
    "path": "/reports/query",
    "template": "/reports/query",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": "application/vnd.query+json"
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "body": {
        "description": "A query, or the name of a kept one.",
        "oneOf": [
          {
            "type": "object",
            "required": [
              "query"
            ],
            "properties": {
              "query": {
                "type": "string"
              }
            }
          },
          {
            "type": "object",
            "required": [
              "kept"
            ],
            "properties": {
              "kept": {
                "type": "string"
              }
            }
          }
        ]
      }
    },
    "required": [
      "body"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    body: z.xor([
      z.looseObject({
        query: z.string(),
      }),
      z.looseObject({
        kept: z.string(),
      }),
    ]),
  }),
  call: (upstream, args) => upstream.POST("/reports/query", {
    body: args.body,
  }),
})

export const reports_search = defineTool<paths>()({
  name: "reports.search",
  title: "Searches reports",
  description: "Searches reports.",
  instructions: "Use it to find reports of one shop. Returns a list of reports. Narrow it with created_gt and filters. Read on with the cursor that the previous answer gave, limit at a time.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "searchReports",
    "method": "POST",
    "path": "/shops/{id}/reports/search",
    "template": "/shops/{id}/reports/search",
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
        "name": "limit",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": "application/json"
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "id": {
        "type": "string",
        "minLength": 1
      },
      "limit": {
        "type": "integer",
        "default": 20
      },
      "size": {
        "type": "integer",
        "maximum": 100
      },
      "cursor": {
        "type": "string"
      },
      "body_id": {
        "type": "string",
        "description": "Of the search. Sent as the body's member \"id\"."
      },
      "text": {
        "type": "string",
        "minLength": 1
      },
      "created_gt": {
        "type": "string",
        "format": "date",
        "description": "Sent as the body's member \"created[gt]\"."
      },
      "filters": {
        "type": "array",
        "items": {
          "type": "object",
          "required": [
            "field"
          ],
          "properties": {
            "field": {
              "type": "string"
            },
            "value": {}
          }
        }
      }
    },
    "required": [
      "id",
      "size",
      "body_id",
      "text"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": null,
    "paging": {
      "kind": "cursor",
      "argument": "cursor",
      "size": "limit"
    },
    "filters": [
      "created_gt",
      "filters"
    ]
  },
  input: () => z.strictObject({
    id: z.string().min(1),
    limit: z.int().default(20),
    size: z.int().max(100),
    cursor: z.string().optional(),
    body_id: z.string(),
    text: z.string().min(1),
    created_gt: z.string().check(format("date")).optional(),
    filters: z.array(z.looseObject({
      field: z.string(),
      value: z.exactOptional(z.unknown()),
    })).optional(),
  }),
  call: (upstream, args) => upstream.POST("/shops/{id}/reports/search", {
    params: {
      path: {
        id: args.id,
      },
      query: defined<NonNullable<paths["/shops/{id}/reports/search"]["post"]["parameters"]["query"]>>({
        limit: args.limit,
      }),
    },
    body: defined<BodyOf<paths["/shops/{id}/reports/search"]["post"]>>({
      size: args.size,
      cursor: args.cursor,
      id: args.body_id,
      text: args.text,
      mode: "quick",
      "created[gt]": args.created_gt,
      filters: args.filters,
    }),
  }),
})

const reports_tree_Condition: z.ZodType = z.looseObject({
  op: z.enum([
    "and",
    "or",
    "is"
  ]),
  field: z.exactOptional(z.string()),
  parts: z.exactOptional(z.array(z.lazy(() => reports_tree_Condition))),
})

export const reports_tree = defineTool<paths>()({
  name: "reports.tree",
  title: "Tree reports",
  description: "Tree reports.",
  instructions: "Returns a list. Narrow it with field and parts.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "queryTree",
    "method": "POST",
    "path": "/reports/tree",
    "template": "/reports/tree",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": "application/json"
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "op": {
        "type": "string",
        "enum": [
          "and",
          "or",
          "is"
        ]
      },
      "field": {
        "type": "string"
      },
      "parts": {
        "type": "array",
        "items": {
          "$ref": "#/$defs/Condition"
        }
      }
    },
    "required": [
      "op"
    ],
    "additionalProperties": false,
    "$defs": {
      "Condition": {
        "type": "object",
        "properties": {
          "op": {
            "type": "string",
            "enum": [
              "and",
              "or",
              "is"
            ]
          },
          "field": {
            "type": "string"
          },
          "parts": {
            "type": "array",
            "items": {
              "$ref": "#/$defs/Condition"
            }
          }
        },
        "required": [
          "op"
        ]
      }
    }
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": [
      "field",
      "parts"
    ]
  },
  input: () => z.strictObject({
    op: z.enum([
      "and",
      "or",
      "is"
    ]),
    field: z.string().optional(),
    parts: z.array(z.lazy(() => reports_tree_Condition)).optional(),
  }),
  call: (upstream, args) => upstream.POST("/reports/tree", {
    body: defined<BodyOf<paths["/reports/tree"]["post"]>>({
      op: args.op,
      field: args.field,
      parts: args.parts,
    }),
  }),
})
