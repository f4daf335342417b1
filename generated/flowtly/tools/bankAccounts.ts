// Flowtly: Bank accounts.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const bankAccounts_get = defineTool<paths>()({
  name: "bankAccounts.get",
  title: "Read a bank account",
  description: "Get a bank account. Returns one bank account with its current balance. Needs a role above member.",
  instructions: "Takes an id from bankAccounts.list. A 403 means that the role may not see it.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "flowtly://bankAccounts/{bankAccountId}",
  operation: {
    "id": "getBankAccount",
    "method": "GET",
    "path": "/bank-accounts/{bankAccountId}",
    "template": "/bank-accounts/{bankAccountId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "bankAccountId",
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
      "bankAccountId": {
        "type": "string",
        "description": "The id of the bank account.",
        "minLength": 1,
        "examples": [
          "ba_01"
        ]
      }
    },
    "required": [
      "bankAccountId"
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
    bankAccountId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/bank-accounts/{bankAccountId}", {
    params: {
      path: {
        bankAccountId: args.bankAccountId,
      },
    },
  }),
})

export const bankAccounts_list = defineTool<paths>()({
  name: "bankAccounts.list",
  title: "List bank accounts",
  description: "List bank accounts. Lists all bank accounts with their current balance, by name. Needs a role above member.",
  instructions: "Gives all accounts at once. Balances are as of balanceAsOf, each in its account's currency. A 403 means that the person's role may not see bank accounts.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listBankAccounts",
    "method": "GET",
    "path": "/bank-accounts",
    "template": "/bank-accounts",
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
        "name": "currency",
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
          "active",
          "closed"
        ],
        "description": "Only accounts in this state.",
        "examples": [
          "active"
        ]
      },
      "currency": {
        "type": "string",
        "pattern": "^[A-Z]{3}$",
        "description": "Only accounts held in this currency.",
        "examples": [
          "EUR"
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
      "bankName",
      "iban",
      "currency",
      "balance",
      "balanceAsOf",
      "status",
      "isDefault"
    ],
    "paging": null,
    "filters": [
      "status",
      "currency"
    ]
  },
  input: () => z.strictObject({
    status: z.enum([
      "active",
      "closed"
    ]).optional(),
    currency: z.string().regex(new RegExp("^[A-Z]{3}$", 'u')).optional(),
  }),
  call: (upstream, args) => upstream.GET("/bank-accounts", {
    params: {
      query: defined<NonNullable<paths["/bank-accounts"]["get"]["parameters"]["query"]>>({
        status: args.status,
        currency: args.currency,
      }),
    },
  }),
})
