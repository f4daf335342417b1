// Flowtly: Counterparties.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, distinct, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const counterparties_get = defineTool<paths>()({
  name: "counterparties.get",
  title: "Read a counterparty",
  description: "Get a counterparty. Returns one counterparty with address, contacts, the main contact, and what is still outstanding in both directions.",
  instructions: "Answers what a company still owes (outstandingBalance.receivable) or is owed (payable), and who to contact there. Takes an id from counterparties.list.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "flowtly://counterparties/{counterpartyId}",
  operation: {
    "id": "getCounterparty",
    "method": "GET",
    "path": "/counterparties/{counterpartyId}",
    "template": "/counterparties/{counterpartyId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "counterpartyId",
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
      "counterpartyId": {
        "type": "string",
        "pattern": "^cp_[0-9]{4,}$",
        "description": "The id of the counterparty.",
        "minLength": 1,
        "examples": [
          "cp_0001"
        ]
      }
    },
    "required": [
      "counterpartyId"
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
    counterpartyId: z.string().min(1).regex(new RegExp("^cp_[0-9]{4,}$", 'u')),
  }),
  call: (upstream, args) => upstream.GET("/counterparties/{counterpartyId}", {
    params: {
      path: {
        counterpartyId: args.counterpartyId,
      },
    },
  }),
})

export const counterparties_list = defineTool<paths>()({
  name: "counterparties.list",
  title: "Search counterparties",
  description: "List counterparties. Lists clients, contractors and suppliers, by name. One counterparty may hold several roles. Contacts and balances come with a single counterparty only.",
  instructions: "The way from a company's name to the counterpartyId that the other tools filter by: search with q. Contacts and open balances come with counterparties.get.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listCounterparties",
    "method": "GET",
    "path": "/counterparties",
    "template": "/counterparties",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "role",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "country",
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
        "name": "tag",
        "in": "query",
        "style": "form",
        "explode": false,
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
      "role": {
        "type": "array",
        "minItems": 1,
        "maxItems": 3,
        "uniqueItems": true,
        "items": {
          "type": "string",
          "enum": [
            "client",
            "contractor",
            "supplier"
          ],
          "description": "client buys from us, contractor works for us, supplier sells to us."
        },
        "description": "Only counterparties that hold at least one of these roles. Repeat the parameter for several.",
        "examples": [
          [
            "client"
          ]
        ]
      },
      "country": {
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "description": "Only counterparties seated in this country.",
        "examples": [
          "DE"
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the name, the legal name or the tax id; case and accents do not matter.",
        "examples": [
          "gmbh"
        ]
      },
      "tag": {
        "type": "array",
        "minItems": 1,
        "maxItems": 10,
        "items": {
          "type": "string",
          "minLength": 1,
          "maxLength": 40
        },
        "description": "Only counterparties that carry every one of these tags, as one comma-separated list.",
        "examples": [
          [
            "key-account",
            "eu"
          ]
        ]
      },
      "sort": {
        "type": "string",
        "enum": [
          "name",
          "-name",
          "createdAt",
          "-createdAt"
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
      "legalName",
      "roles",
      "country",
      "taxId",
      "currency",
      "email",
      "tags",
      "paymentTermDays"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "role",
      "country",
      "q",
      "tag"
    ]
  },
  input: () => z.strictObject({
    role: z.array(z.enum([
      "client",
      "contractor",
      "supplier"
    ])).min(1).max(3).check(distinct()).optional(),
    country: z.string().regex(new RegExp("^[A-Z]{2}$", 'u')).optional(),
    q: z.string().check(length(1, 100)).optional(),
    tag: z.array(z.string().check(length(1, 40))).min(1).max(10).optional(),
    sort: z.enum([
      "name",
      "-name",
      "createdAt",
      "-createdAt"
    ]).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/counterparties", {
    params: {
      query: defined<NonNullable<paths["/counterparties"]["get"]["parameters"]["query"]>>({
        role: args.role,
        country: args.country,
        q: args.q,
        tag: args.tag,
        sort: args.sort,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
