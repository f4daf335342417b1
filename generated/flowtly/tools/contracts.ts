// Flowtly: Contracts.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const contracts_get = defineTool<paths>()({
  name: "contracts.get",
  title: "Read a contract",
  description: "Get a contract. Returns one contract with its terms and a summary of its payment schedule.",
  instructions: "Gives notice period, renewal and, under schedule, how much is planned, invoiced, paid and overdue. Takes an id from contracts.list.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "flowtly://contracts/{contractId}",
  operation: {
    "id": "getContract",
    "method": "GET",
    "path": "/contracts/{contractId}",
    "template": "/contracts/{contractId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "contractId",
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
      "contractId": {
        "type": "string",
        "description": "The id of the contract.",
        "minLength": 1,
        "examples": [
          "ctr_0001"
        ]
      }
    },
    "required": [
      "contractId"
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
    contractId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/contracts/{contractId}", {
    params: {
      path: {
        contractId: args.contractId,
      },
    },
  }),
})

export const contracts_list = defineTool<paths>()({
  name: "contracts.list",
  title: "Search contracts",
  description: "List contracts. Lists contracts with clients, contractors and suppliers, the latest start first.",
  instructions: "For contracts in force on a day use activeOn rather than status. A contract whose endDate is null has no end. Terms and payment totals come with contracts.get, the single payments with contracts.paymentScheduleLines.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listContracts",
    "method": "GET",
    "path": "/contracts",
    "template": "/contracts",
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
        "name": "activeOn",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "startFrom",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "startTo",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "minValue",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "maxValue",
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
          "draft",
          "active",
          "expired",
          "terminated"
        ],
        "description": "Only contracts in this state.",
        "examples": [
          "active"
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
      "activeOn": {
        "type": "string",
        "format": "date",
        "description": "Only contracts whose term includes this day; contracts without an end stay active.",
        "examples": [
          "2026-11-20"
        ]
      },
      "startFrom": {
        "type": "string",
        "format": "date",
        "description": "Starting on or after this day.",
        "examples": [
          "2026-01-01"
        ]
      },
      "startTo": {
        "type": "string",
        "format": "date",
        "description": "Starting on or before this day.",
        "examples": [
          "2026-12-31"
        ]
      },
      "minValue": {
        "type": "number",
        "minimum": 0,
        "description": "Contract value of at least this amount, in the contract's own currency.",
        "examples": [
          10000
        ]
      },
      "maxValue": {
        "type": "number",
        "minimum": 0,
        "description": "Contract value of at most this amount, in the contract's own currency.",
        "examples": [
          100000
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the number, the title or the counterparty's name; case and accents do not matter.",
        "examples": [
          "maintenance"
        ]
      },
      "sort": {
        "type": "string",
        "enum": [
          "startDate",
          "-startDate",
          "endDate",
          "-endDate",
          "value",
          "-value",
          "number"
        ],
        "default": "-startDate",
        "description": "The order; a leading minus means descending.",
        "examples": [
          "-value"
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
      "title",
      "status",
      "counterparty.id",
      "counterparty.name",
      "project.name",
      "value",
      "currency",
      "startDate",
      "endDate",
      "billingInterval",
      "autoRenews"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "status",
      "counterpartyId",
      "projectId",
      "activeOn",
      "startFrom",
      "startTo",
      "minValue",
      "maxValue",
      "q"
    ]
  },
  input: () => z.strictObject({
    status: z.enum([
      "draft",
      "active",
      "expired",
      "terminated"
    ]).optional(),
    counterpartyId: z.string().regex(new RegExp("^cp_[0-9]{4,}$", 'u')).optional(),
    projectId: z.string().check(length(1, 40)).optional(),
    activeOn: z.string().check(format("date")).optional(),
    startFrom: z.string().check(format("date")).optional(),
    startTo: z.string().check(format("date")).optional(),
    minValue: z.number().min(0).optional(),
    maxValue: z.number().min(0).optional(),
    q: z.string().check(length(1, 100)).optional(),
    sort: z.enum([
      "startDate",
      "-startDate",
      "endDate",
      "-endDate",
      "value",
      "-value",
      "number"
    ]).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/contracts", {
    params: {
      query: defined<NonNullable<paths["/contracts"]["get"]["parameters"]["query"]>>({
        status: args.status,
        counterpartyId: args.counterpartyId,
        projectId: args.projectId,
        activeOn: args.activeOn,
        startFrom: args.startFrom,
        startTo: args.startTo,
        minValue: args.minValue,
        maxValue: args.maxValue,
        q: args.q,
        sort: args.sort,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})

export const contracts_paymentScheduleLines = defineTool<paths>()({
  name: "contracts.paymentScheduleLines",
  title: "List the payments of a contract",
  description: "List the payment schedule of a contract. Lists the agreed payments of one contract in the order they fall due, with their state and, once billed, the invoice.",
  instructions: "Takes the id of one contract, from contracts.list. A planned line has no invoice yet; a billed one names it in invoiceId, which invoices.get takes.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listContractPaymentScheduleLines",
    "method": "GET",
    "path": "/contracts/{contractId}/payment-schedule-lines",
    "template": "/contracts/{contractId}/payment-schedule-lines",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "contractId",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "status",
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
      "contractId": {
        "type": "string",
        "description": "The id of the contract.",
        "minLength": 1,
        "examples": [
          "ctr_0001"
        ]
      },
      "status": {
        "type": "string",
        "enum": [
          "planned",
          "invoiced",
          "paid",
          "overdue"
        ],
        "description": "Only lines in this state.",
        "examples": [
          "planned"
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
          "2027-01-31"
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
    "required": [
      "contractId"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/data",
    "columns": [
      "id",
      "position",
      "description",
      "dueDate",
      "amount",
      "currency",
      "status",
      "invoiceId"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "status",
      "dueFrom",
      "dueTo"
    ]
  },
  input: () => z.strictObject({
    contractId: z.string().min(1),
    status: z.enum([
      "planned",
      "invoiced",
      "paid",
      "overdue"
    ]).optional(),
    dueFrom: z.string().check(format("date")).optional(),
    dueTo: z.string().check(format("date")).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/contracts/{contractId}/payment-schedule-lines", {
    params: {
      path: {
        contractId: args.contractId,
      },
      query: defined<NonNullable<paths["/contracts/{contractId}/payment-schedule-lines"]["get"]["parameters"]["query"]>>({
        status: args.status,
        dueFrom: args.dueFrom,
        dueTo: args.dueTo,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
