// Flowtly: Suppliers.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const suppliers_list = defineTool<paths>()({
  name: "suppliers.list",
  title: "Search suppliers",
  description: "List suppliers. Lists the counterparties that the organization buys from, by name, with payment terms and the cost group their invoices usually belong to.",
  instructions: "Use it to find suppliers. Returns a list of suppliers with id, name, country, currency, email, paymentTermDays, costGroup.name and tags. Narrow it with country, costGroupId and q. Order it with sort. Read on by counting up page, pageSize (100 at most) at a time.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listSuppliers",
    "method": "GET",
    "path": "/suppliers",
    "template": "/suppliers",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "country",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "costGroupId",
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
      "country": {
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "description": "Only suppliers seated in this country.",
        "examples": [
          "PL"
        ]
      },
      "costGroupId": {
        "type": "string",
        "minLength": 1,
        "maxLength": 40,
        "description": "Only suppliers whose usual cost group is this one.",
        "examples": [
          "cg_004"
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the name or the tax id; case and accents do not matter.",
        "examples": [
          "cloud"
        ]
      },
      "sort": {
        "type": "string",
        "enum": [
          "name",
          "-name",
          "paymentTermDays",
          "-paymentTermDays"
        ],
        "default": "name",
        "description": "The order; a leading minus means descending.",
        "examples": [
          "name"
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
      "name",
      "country",
      "currency",
      "email",
      "paymentTermDays",
      "costGroup.name",
      "tags"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "country",
      "costGroupId",
      "q"
    ]
  },
  input: () => z.strictObject({
    country: z.string().regex(new RegExp("^[A-Z]{2}$", 'u')).optional(),
    costGroupId: z.string().check(length(1, 40)).optional(),
    q: z.string().check(length(1, 100)).optional(),
    sort: z.enum([
      "name",
      "-name",
      "paymentTermDays",
      "-paymentTermDays"
    ]).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/suppliers", {
    params: {
      query: defined<NonNullable<paths["/suppliers"]["get"]["parameters"]["query"]>>({
        country: args.country,
        costGroupId: args.costGroupId,
        q: args.q,
        sort: args.sort,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
