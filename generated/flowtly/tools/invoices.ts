// Flowtly: Invoices.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, distinct, format, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const invoices_get = defineTool<paths>()({
  name: "invoices.get",
  title: "Read an invoice",
  description: "Get an invoice. Returns one invoice with its lines, taxes and the payments received or made for it.",
  instructions: "Takes the id of an invoice (inv_…), not its number; find it with invoices.list.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "flowtly://invoices/{invoiceId}",
  operation: {
    "id": "getInvoice",
    "method": "GET",
    "path": "/invoices/{invoiceId}",
    "template": "/invoices/{invoiceId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "invoiceId",
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
      "invoiceId": {
        "type": "string",
        "description": "The id of the invoice.",
        "minLength": 1,
        "examples": [
          "inv_000123"
        ]
      }
    },
    "required": [
      "invoiceId"
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
    invoiceId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/invoices/{invoiceId}", {
    params: {
      path: {
        invoiceId: args.invoiceId,
      },
    },
  }),
})

export const invoices_list = defineTool<paths>()({
  name: "invoices.list",
  title: "Search invoices",
  description: "List invoices. Lists sales and purchase invoices, newest first, one page at a time. Filters combine with AND; several values of status combine with OR. Lines and payments come with a single invoice only.",
  instructions: "For money owed to the organization use kind sales, for money it owes use kind purchase. Unpaid means status sent or partially_paid; late means overdue true. For \"the biggest\" or \"the next due\", set sort and a small pageSize instead of reading every page. outstanding is what is still to be paid. Archived invoices are included unless archived is false. Lines and payments come with invoices.get.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listInvoices",
    "method": "GET",
    "path": "/invoices",
    "template": "/invoices",
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
        "name": "kind",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "issuedFrom",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "issuedTo",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "dueFrom",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "dueTo",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "counterpartyId",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "projectId",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "minTotal",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "maxTotal",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "currency",
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
        "name": "overdue",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "archived",
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
        "type": "array",
        "minItems": 1,
        "maxItems": 5,
        "uniqueItems": true,
        "items": {
          "type": "string",
          "enum": [
            "draft",
            "sent",
            "partially_paid",
            "paid",
            "void"
          ],
          "description": "draft is not issued yet, sent awaits payment, partially_paid and paid tell how much was paid, void was cancelled. Being overdue is told by overdue."
        },
        "description": "Only invoices in one of these states. Repeat the parameter for several.",
        "examples": [
          [
            "sent",
            "partially_paid"
          ]
        ]
      },
      "kind": {
        "type": "string",
        "enum": [
          "sales",
          "purchase"
        ],
        "description": "sales for invoices we issued, purchase for invoices we received.",
        "examples": [
          "sales"
        ]
      },
      "issuedFrom": {
        "type": "string",
        "format": "date",
        "description": "Issued on or after this day.",
        "examples": [
          "2026-01-01"
        ]
      },
      "issuedTo": {
        "type": "string",
        "format": "date",
        "description": "Issued on or before this day.",
        "examples": [
          "2026-03-31"
        ]
      },
      "dueFrom": {
        "type": "string",
        "format": "date",
        "description": "Due on or after this day.",
        "examples": [
          "2026-11-01"
        ]
      },
      "dueTo": {
        "type": "string",
        "format": "date",
        "description": "Due on or before this day.",
        "examples": [
          "2026-11-30"
        ]
      },
      "counterpartyId": {
        "type": "string",
        "pattern": "^cp_[0-9]{4,}$",
        "description": "Only records of this counterparty.",
        "examples": [
          "cp_0001"
        ]
      },
      "projectId": {
        "type": "string",
        "minLength": 1,
        "maxLength": 40,
        "description": "Only records of this project.",
        "examples": [
          "prj_001"
        ]
      },
      "minTotal": {
        "type": "number",
        "minimum": 0,
        "description": "Gross total of at least this amount, in the invoice's own currency.",
        "examples": [
          1000
        ]
      },
      "maxTotal": {
        "type": "number",
        "minimum": 0,
        "description": "Gross total of at most this amount, in the invoice's own currency.",
        "examples": [
          25000
        ]
      },
      "currency": {
        "type": "string",
        "pattern": "^[A-Z]{3}$",
        "description": "Only invoices in this currency.",
        "examples": [
          "EUR"
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the number, the note or the counterparty's name; case and accents do not matter.",
        "examples": [
          "nordwind"
        ]
      },
      "overdue": {
        "type": "boolean",
        "description": "true for invoices past their due date and not fully paid, false for all others.",
        "examples": [
          true
        ]
      },
      "archived": {
        "type": "boolean",
        "description": "true for archived invoices only, false for the rest; both when left out.",
        "examples": [
          false
        ]
      },
      "sort": {
        "type": "string",
        "enum": [
          "issueDate",
          "-issueDate",
          "dueDate",
          "-dueDate",
          "total",
          "-total",
          "number"
        ],
        "default": "-issueDate",
        "description": "The order; a leading minus means descending.",
        "examples": [
          "-dueDate"
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
      "number",
      "kind",
      "status",
      "counterparty.id",
      "counterparty.name",
      "project.name",
      "issueDate",
      "dueDate",
      "currency",
      "net",
      "tax",
      "total",
      "outstanding",
      "overdue"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "status",
      "kind",
      "issuedFrom",
      "issuedTo",
      "dueFrom",
      "dueTo",
      "counterpartyId",
      "projectId",
      "minTotal",
      "maxTotal",
      "currency",
      "q",
      "overdue",
      "archived"
    ]
  },
  input: () => z.strictObject({
    status: z.array(z.enum([
      "draft",
      "sent",
      "partially_paid",
      "paid",
      "void"
    ])).min(1).max(5).check(distinct()).optional(),
    kind: z.enum([
      "sales",
      "purchase"
    ]).optional(),
    issuedFrom: z.string().check(format("date")).optional(),
    issuedTo: z.string().check(format("date")).optional(),
    dueFrom: z.string().check(format("date")).optional(),
    dueTo: z.string().check(format("date")).optional(),
    counterpartyId: z.string().regex(new RegExp("^cp_[0-9]{4,}$", 'u')).optional(),
    projectId: z.string().check(length(1, 40)).optional(),
    minTotal: z.number().min(0).optional(),
    maxTotal: z.number().min(0).optional(),
    currency: z.string().regex(new RegExp("^[A-Z]{3}$", 'u')).optional(),
    q: z.string().check(length(1, 100)).optional(),
    overdue: z.boolean().optional(),
    archived: z.boolean().optional(),
    sort: z.enum([
      "issueDate",
      "-issueDate",
      "dueDate",
      "-dueDate",
      "total",
      "-total",
      "number"
    ]).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/invoices", {
    params: {
      query: defined<NonNullable<paths["/invoices"]["get"]["parameters"]["query"]>>({
        status: args.status,
        kind: args.kind,
        issuedFrom: args.issuedFrom,
        issuedTo: args.issuedTo,
        dueFrom: args.dueFrom,
        dueTo: args.dueTo,
        counterpartyId: args.counterpartyId,
        projectId: args.projectId,
        minTotal: args.minTotal,
        maxTotal: args.maxTotal,
        currency: args.currency,
        q: args.q,
        overdue: args.overdue,
        archived: args.archived,
        sort: args.sort,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
