// Flowtly: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { attachments_get, attachments_list } from './tools/attachments.ts'
import { bankAccounts_get, bankAccounts_list } from './tools/bankAccounts.ts'
import { contracts_get, contracts_list, contracts_paymentScheduleLines } from './tools/contracts.ts'
import { costGroups_list } from './tools/costGroups.ts'
import { counterparties_get, counterparties_list } from './tools/counterparties.ts'
import { invoices_get, invoices_list } from './tools/invoices.ts'
import { projects_list } from './tools/projects.ts'
import { suppliers_list } from './tools/suppliers.ts'
import { taxGroups_list } from './tools/taxGroups.ts'
import { transactions_list } from './tools/transactions.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "flowtly",
  title: "Flowtly",
  instructions: "Flowtly holds a company's finances: sales and purchase invoices, bank transactions and accounts, contracts, clients and suppliers, filed documents, cost and tax groups, projects. Everything here only reads. Call organization.context first. Search with the list tools, narrow by date, status, counterparty or text (q), then pass an id to the matching get tool for lines, payments and contacts. Amounts are decimals next to their currency; never add up different currencies. Dates are YYYY-MM-DD.\n\nEvery tool answers for the one organization that the connection was made for. A 403 means that the person's role may not see that record: members may not read bank accounts. Page counts start at 1; transactions are paged with a cursor instead. Ids come from other tools' answers and cannot be guessed.",
  document: {
    "title": "Flowtly",
    "version": "2026.11.0",
    "sha256": "a77006a95eca477350bf5b7b06fab34161ee0291c42994c3c6a2e3a9ce1b1bd1"
  },
  upstream: {
    serverUrl: "https://api.flowtly.example/v1",
    organizationHeader: "X-Organization-Id",
    apiCredentials: {
      "key": "X-Api-Key",
      "secret": "X-Api-Secret",
      "email": "X-User-Email"
    },
    login: {
      kind: 'password',
      operation: {
        "id": "createSession",
        "method": "POST",
        "path": "/sessions",
        "template": "/sessions",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": "application/json"
      },
      send: defineRequest<paths>()((upstream, username: string, password: string) =>
        upstream.POST("/sessions", {
          body: {
            email: username,
            password: password,
          },
        }),
      ),
      token: "/token",
      refresh: {
        operation: {
          "id": "refreshSession",
          "method": "POST",
          "path": "/sessions/refresh",
          "template": "/sessions/refresh",
          "query": "",
          "server": null,
          "accept": "application/json",
          "parameters": [],
          "body": "application/json"
        },
        send: defineRequest<paths>()((upstream, refreshToken: string) =>
          upstream.POST("/sessions/refresh", {
            body: {
              refreshToken: refreshToken,
            },
          }),
        ),
        token: "/token",
        refreshToken: "/refreshToken",
      },
    },
    profile: {
      operation: {
        "id": "getMe",
        "method": "GET",
        "path": "/me",
        "template": "/me",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": null
      },
      send: defineRequest<paths>()((upstream) =>
        upstream.GET("/me", {}),
      ),
      id: "/id",
      email: "/email",
      name: "/name",
    },
    organizations: {
      operation: {
        "id": "listMyOrganizations",
        "method": "GET",
        "path": "/me/organizations",
        "template": "/me/organizations",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": null
      },
      send: defineRequest<paths>()((upstream) =>
        upstream.GET("/me/organizations", {}),
      ),
      items: "/data",
      id: "/id",
      name: "/name",
      role: "/role",
      plan: "/plan",
      baseCurrency: "/baseCurrency",
      timeZone: "/timeZone",
      approvers: [
        "owner",
        "admin"
      ],
    },
  },
  namespaces: [
    {
      "name": "attachments",
      "title": "Attachments",
      "description": "Documents filed with invoices, transactions and contracts. Metadata, not content."
    },
    {
      "name": "bankAccounts",
      "title": "Bank accounts",
      "description": "Bank accounts with currency and current balance. Hidden from the role member."
    },
    {
      "name": "contracts",
      "title": "Contracts",
      "description": "Contracts, their terms, and the payments that were agreed in them."
    },
    {
      "name": "costGroups",
      "title": "Cost groups",
      "description": "The tree of categories that spending is sorted into."
    },
    {
      "name": "counterparties",
      "title": "Counterparties",
      "description": "Clients, contractors and suppliers, with contacts and open balances."
    },
    {
      "name": "invoices",
      "title": "Invoices",
      "description": "Sales and purchase invoices, with their lines, taxes and payments."
    },
    {
      "name": "projects",
      "title": "Projects",
      "description": "Projects that income and costs are attributed to, with client and budget."
    },
    {
      "name": "suppliers",
      "title": "Suppliers",
      "description": "Whom the organization buys from, with payment terms and usual cost group."
    },
    {
      "name": "taxGroups",
      "title": "Tax groups",
      "description": "VAT and sales tax rates, by country and period."
    },
    {
      "name": "transactions",
      "title": "Transactions",
      "description": "Money that came into and went out of the bank accounts, and what it was for."
    }
  ],
  tools: [
    attachments_get,
    attachments_list,
    bankAccounts_get,
    bankAccounts_list,
    contracts_get,
    contracts_list,
    contracts_paymentScheduleLines,
    costGroups_list,
    counterparties_get,
    counterparties_list,
    invoices_get,
    invoices_list,
    projects_list,
    suppliers_list,
    taxGroups_list,
    transactions_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 4880
  },
  resources: null,
  intents: [],
  prompts: [
    {
      "title": "Chase overdue invoices",
      "description": "Lists who is late with paying, and drafts a reminder for each of them.",
      "arguments": [
        {
          "name": "customer",
          "description": "Only this customer.",
          "required": false,
          "values": null
        },
        {
          "name": "tone",
          "description": "How the reminders should sound.",
          "required": false,
          "values": [
            "friendly",
            "neutral",
            "firm"
          ]
        }
      ],
      "text": "Which of our sales invoices are overdue, and by how many days?\nOnly those of {customer}.\nGroup them by customer, the largest amount first, and keep currencies apart. For each customer, draft a short reminder to the contact for invoices that names every number, amount and due date.\nThe tone of the reminders is {tone}.\nDraft only; I will send them myself.",
      "attach": [],
      "name": "chaseOverdueInvoices"
    },
    {
      "title": "Review a month before it is closed",
      "description": "Finds what is still open in a month: payments without an invoice, drafts, unpaid invoices, and what came in and went out.",
      "arguments": [
        {
          "name": "month",
          "description": "The month, such as 2026-10.",
          "required": true,
          "values": null
        }
      ],
      "text": "Help me close the books for the month {month}.\n- Which bank transactions have no invoice yet? Show the largest first.\n- Which invoices of that month are still drafts, and which sales invoices are not paid in full?\n- What came in, what went out, and on which cost groups was most of it spent?\nKeep currencies apart, give invoice numbers and dates, and end with a short list of what I have to do.",
      "attach": [],
      "name": "monthEndReview"
    },
    {
      "title": "Compare spending on suppliers",
      "description": "Shows where money went in a period, by cost group and supplier, and what changed.",
      "arguments": [
        {
          "name": "period",
          "description": "The period to look at.",
          "required": true,
          "values": [
            "last month",
            "this month",
            "last quarter",
            "this quarter",
            "this year",
            "last year"
          ]
        }
      ],
      "text": "What did we spend in the period \"{period}\", by cost group and then by supplier? Compare it with the period before, name the five largest changes, and say which transactions are behind each. Leave transfers between our own accounts out, and keep currencies apart.",
      "attach": [],
      "name": "supplierSpending"
    }
  ],
  research: [],
} satisfies Connector
