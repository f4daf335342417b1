// Flowtly: Projects.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const projects_list = defineTool<paths>()({
  name: "projects.list",
  title: "Search projects",
  description: "List projects. Lists projects with billing type, client, budget and free metadata, by code.",
  instructions: "The way from a project's name to the projectId that invoices and contracts are filtered by.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listProjects",
    "method": "GET",
    "path": "/projects",
    "template": "/projects",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "status",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "billingType",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "clientId",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "q",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "sort",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "page",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "pageSize",
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
      "status": {
        "type": "string",
        "enum": [
          "planned",
          "active",
          "on_hold",
          "completed"
        ],
        "description": "Only projects in this state.",
        "examples": [
          "active"
        ]
      },
      "billingType": {
        "type": "string",
        "enum": [
          "fixed_price",
          "time_and_materials",
          "retainer",
          "non_billable"
        ],
        "description": "Only projects billed this way.",
        "examples": [
          "time_and_materials"
        ]
      },
      "clientId": {
        "type": "string",
        "minLength": 1,
        "maxLength": 40,
        "description": "Only projects for this client.",
        "examples": [
          "cp_0001"
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the code, the name or the client's name; case and accents do not matter.",
        "examples": [
          "migration"
        ]
      },
      "sort": {
        "type": "string",
        "enum": [
          "code",
          "name",
          "-name",
          "startDate",
          "-startDate"
        ],
        "default": "code",
        "description": "The order; a leading minus means descending.",
        "examples": [
          "-startDate"
        ]
      },
      "page": {
        "type": "integer",
        "minimum": 1,
        "maximum": 100000,
        "default": 1,
        "description": "The page to return, counted from 1. Pages after the last one are empty.",
        "examples": [
          1
        ]
      },
      "pageSize": {
        "type": "integer",
        "minimum": 1,
        "maximum": 100,
        "default": 25,
        "description": "How many records make a page.",
        "examples": [
          20
        ]
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/data",
    "columns": [
      "id",
      "code",
      "name",
      "status",
      "billingType",
      "client.id",
      "client.name",
      "startDate",
      "endDate",
      "budget",
      "currency"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "status",
      "billingType",
      "clientId",
      "q"
    ]
  },
  input: () => z.strictObject({
    status: z.enum([
      "planned",
      "active",
      "on_hold",
      "completed"
    ]).optional(),
    billingType: z.enum([
      "fixed_price",
      "time_and_materials",
      "retainer",
      "non_billable"
    ]).optional(),
    clientId: z.string().check(length(1, 40)).optional(),
    q: z.string().check(length(1, 100)).optional(),
    sort: z.enum([
      "code",
      "name",
      "-name",
      "startDate",
      "-startDate"
    ]).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/projects", {
    params: {
      query: defined<NonNullable<paths["/projects"]["get"]["parameters"]["query"]>>({
        status: args.status,
        billingType: args.billingType,
        clientId: args.clientId,
        q: args.q,
        sort: args.sort,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
