// Flowtly: Transactions.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const transactions_list = defineTool<paths>()({
  name: "transactions.list",
  title: "Search bank transactions",
  description: "List transactions. Lists bank transactions, newest first. The answer carries nextCursor while there is more: pass it as cursor with the same filters and the same sort to read on.",
  instructions: "direction tells spending (out) from income (in); amounts are never negative. Name a period with bookedFrom and bookedTo whenever there is one. matched false finds payments that still lack an invoice. To read on, pass nextCursor as cursor and leave every other argument as it was.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listTransactions",
    "method": "GET",
    "path": "/transactions",
    "template": "/transactions",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "bankAccountId",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "direction",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "bookedFrom",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "bookedTo",
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
        "name": "costGroupId",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "minAmount",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "maxAmount",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "matched",
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
        "name": "cursor",
        "in": "query",
        "style": "form",
        "explode": true,
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
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "bankAccountId": {
        "type": "array",
        "minItems": 1,
        "maxItems": 20,
        "items": {
          "type": "string",
          "minLength": 1,
          "maxLength": 40
        },
        "description": "Only transactions of these bank accounts, as one comma-separated list.",
        "examples": [
          [
            "ba_01",
            "ba_02"
          ]
        ]
      },
      "direction": {
        "type": "string",
        "enum": [
          "in",
          "out"
        ],
        "description": "in for money received, out for money spent.",
        "examples": [
          "out"
        ]
      },
      "bookedFrom": {
        "type": "string",
        "format": "date",
        "description": "Booked on or after this day.",
        "examples": [
          "2026-10-01"
        ]
      },
      "bookedTo": {
        "type": "string",
        "format": "date",
        "description": "Booked on or before this day.",
        "examples": [
          "2026-10-31"
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
      "costGroupId": {
        "type": "string",
        "minLength": 1,
        "maxLength": 40,
        "description": "Only transactions in this cost group; its sub-groups are not included.",
        "examples": [
          "cg_004"
        ]
      },
      "minAmount": {
        "type": "number",
        "minimum": 0,
        "description": "Amount of at least this much, in the currency of the account.",
        "examples": [
          50
        ]
      },
      "maxAmount": {
        "type": "number",
        "minimum": 0,
        "description": "Amount of at most this much, in the currency of the account.",
        "examples": [
          5000
        ]
      },
      "matched": {
        "type": "boolean",
        "description": "true for transactions linked to an invoice, false for those still without one.",
        "examples": [
          false
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the description, the note or the counterparty's name; case and accents do not matter.",
        "examples": [
          "hosting"
        ]
      },
      "sort": {
        "type": "string",
        "enum": [
          "bookedOn",
          "-bookedOn",
          "amount",
          "-amount"
        ],
        "default": "-bookedOn",
        "description": "The order; a leading minus means descending.",
        "examples": [
          "-amount"
        ]
      },
      "cursor": {
        "type": "string",
        "minLength": 1,
        "maxLength": 200,
        "description": "Where to read on; the nextCursor of the answer before. Leave it out for the first page."
      },
      "limit": {
        "type": "integer",
        "minimum": 1,
        "maximum": 200,
        "default": 50,
        "description": "How many transactions to return at most.",
        "examples": [
          50
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
      "bookedOn",
      "direction",
      "amount",
      "currency",
      "description",
      "counterparty.id",
      "counterparty.name",
      "costGroup.name",
      "project.name",
      "bankAccount.id",
      "bankAccount.name",
      "invoiceId",
      "matched"
    ],
    "paging": {
      "kind": "cursor",
      "argument": "cursor",
      "size": "limit"
    },
    "filters": [
      "bankAccountId",
      "bookedFrom",
      "bookedTo",
      "counterpartyId",
      "costGroupId",
      "minAmount",
      "maxAmount",
      "matched",
      "q"
    ]
  },
  input: () => z.strictObject({
    bankAccountId: z.array(z.string().check(length(1, 40))).min(1).max(20).optional(),
    direction: z.enum([
      "in",
      "out"
    ]).optional(),
    bookedFrom: z.string().check(format("date")).optional(),
    bookedTo: z.string().check(format("date")).optional(),
    counterpartyId: z.string().regex(new RegExp("^cp_[0-9]{4,}$", 'u')).optional(),
    costGroupId: z.string().check(length(1, 40)).optional(),
    minAmount: z.number().min(0).optional(),
    maxAmount: z.number().min(0).optional(),
    matched: z.boolean().optional(),
    q: z.string().check(length(1, 100)).optional(),
    sort: z.enum([
      "bookedOn",
      "-bookedOn",
      "amount",
      "-amount"
    ]).optional(),
    cursor: z.string().check(length(1, 200)).optional(),
    limit: z.int().min(1).max(200).default(50),
  }),
  call: (upstream, args) => upstream.GET("/transactions", {
    params: {
      query: defined<NonNullable<paths["/transactions"]["get"]["parameters"]["query"]>>({
        bankAccountId: args.bankAccountId,
        direction: args.direction,
        bookedFrom: args.bookedFrom,
        bookedTo: args.bookedTo,
        counterpartyId: args.counterpartyId,
        costGroupId: args.costGroupId,
        minAmount: args.minAmount,
        maxAmount: args.maxAmount,
        matched: args.matched,
        q: args.q,
        sort: args.sort,
        cursor: args.cursor,
        limit: args.limit,
      }),
    },
  }),
})
