// Flowtly: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { attachments_content, attachments_get, attachments_list } from './tools/attachments.ts'
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
      "description": "Documents filed with invoices, transactions and contracts, and their content."
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
    attachments_content,
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
    "tokens": 4901
  },
  resources: {
    "allowPrefixes": [
      "flowtly://invoices/",
      "flowtly://contracts/",
      "flowtly://counterparties/",
      "flowtly://bankAccounts/",
      "flowtly://attachments/"
    ],
    "indexes": [
      {
        "tool": "attachments.list",
        "uri": "flowtly://attachments/"
      },
      {
        "tool": "bankAccounts.list",
        "uri": "flowtly://bankAccounts/"
      },
      {
        "tool": "contracts.list",
        "uri": "flowtly://contracts/"
      },
      {
        "tool": "counterparties.list",
        "uri": "flowtly://counterparties/"
      },
      {
        "tool": "invoices.list",
        "uri": "flowtly://invoices/"
      }
    ],
    "lists": [
      {
        "tool": "attachments.list",
        "item": "attachments.get",
        "argument": "attachmentId",
        "id": "/id"
      },
      {
        "tool": "bankAccounts.list",
        "item": "bankAccounts.get",
        "argument": "bankAccountId",
        "id": "/id"
      },
      {
        "tool": "contracts.list",
        "item": "contracts.get",
        "argument": "contractId",
        "id": "/id"
      },
      {
        "tool": "counterparties.list",
        "item": "counterparties.get",
        "argument": "counterpartyId",
        "id": "/id"
      },
      {
        "tool": "invoices.list",
        "item": "invoices.get",
        "argument": "invoiceId",
        "id": "/id"
      }
    ],
    "references": [
      {
        "tool": "contracts.list",
        "member": "counterparty",
        "item": "counterparties.get",
        "argument": "counterpartyId",
        "id": "/id"
      },
      {
        "tool": "invoices.list",
        "member": "counterparty",
        "item": "counterparties.get",
        "argument": "counterpartyId",
        "id": "/id"
      },
      {
        "tool": "transactions.list",
        "member": "bankAccount",
        "item": "bankAccounts.get",
        "argument": "bankAccountId",
        "id": "/id"
      },
      {
        "tool": "transactions.list",
        "member": "counterparty",
        "item": "counterparties.get",
        "argument": "counterpartyId",
        "id": "/id"
      }
    ]
  },
  intents: [
    {
      "name": "collectedSince",
      "title": "Money collected since the start of a period",
      "description": "Adds up the money that came into the bank accounts from a day on, by currency, apart for what is matched with an invoice and what is not, with the number of payments and the days of the first and the last one.",
      "utterances": [
        "How much money did we collect this month?",
        "What came in since the first of January?",
        "How much have customers paid us this quarter?",
        "Total incoming payments since a date",
        "How much cash did we receive in October?"
      ],
      "arguments": {
        "since": {
          "description": "The first day that counts.",
          "type": "date",
          "default": {
            "pointer": "/context/monthStart"
          },
          "optional": false,
          "examples": [
            "2026-10-01"
          ]
        },
        "until": {
          "description": "The last day that counts; everything up to now without it.",
          "type": "date",
          "optional": true,
          "examples": [
            "2026-10-31"
          ]
        }
      },
      "tool": true,
      "pinned": true,
      "steps": [
        {
          "name": "received",
          "tool": "transactions.list",
          "arguments": {
            "direction": "in",
            "bookedFrom": {
              "pointer": "/arguments/since"
            },
            "bookedTo": {
              "pointer": "/arguments/until"
            },
            "limit": 200
          },
          "pages": 50
        }
      ],
      "result": {
        "rows": "/steps/received/data",
        "reduce": [
          {
            "pick": {
              "currency": "/currency",
              "matchedWithInvoice": "/matched",
              "amount": "/amount",
              "bookedOn": "/bookedOn"
            }
          },
          {
            "group": {
              "by": [
                "currency",
                "matchedWithInvoice"
              ],
              "sum": {
                "collected": "amount"
              },
              "min": {
                "first": "bookedOn"
              },
              "max": {
                "last": "bookedOn"
              },
              "count": "payments"
            }
          },
          {
            "sort": [
              {
                "by": "currency",
                "order": "ascending"
              },
              {
                "by": "matchedWithInvoice",
                "order": "descending"
              }
            ]
          }
        ],
        "note": "Money without an invoice may be a transfer between own accounts or a refund, and no income."
      }
    },
    {
      "name": "mainContact",
      "title": "Main contact of a customer",
      "description": "Finds the person to talk to at a customer, supplier or contractor by the company's name: name, position, e-mail and telephone of the main contact, and the company's own address.",
      "utterances": [
        "Who is our contact at Meridian Travel?",
        "Who do I call about an invoice of this client?",
        "E-mail address of the main contact of a customer",
        "Contact person at a supplier"
      ],
      "arguments": {
        "customer": {
          "description": "The company's name, a part of it, or its tax id.",
          "type": "string",
          "optional": false,
          "examples": [
            "Meridian"
          ]
        }
      },
      "tool": true,
      "pinned": false,
      "steps": [
        {
          "name": "found",
          "tool": "counterparties.list",
          "arguments": {
            "q": {
              "pointer": "/arguments/customer"
            },
            "pageSize": 10
          },
          "pages": 1
        },
        {
          "name": "details",
          "tool": "counterparties.get",
          "arguments": {
            "counterpartyId": {
              "pointer": "/item/id"
            }
          },
          "forEach": {
            "in": "/steps/found/data",
            "max": 10
          },
          "pages": 1
        }
      ],
      "result": {
        "rows": "/steps/details",
        "reduce": [
          {
            "pick": {
              "counterpartyId": "/answer/id",
              "company": "/answer/name",
              "roles": "/answer/roles",
              "contact": "/answer/mainContact/name",
              "position": "/answer/mainContact/position",
              "email": "/answer/mainContact/email",
              "phone": "/answer/mainContact/phone",
              "companyEmail": "/answer/email"
            }
          }
        ],
        "note": "One row for each company that the name fits. A contact that is null is not on file."
      }
    },
    {
      "name": "overdueByAge",
      "title": "Overdue invoices by age",
      "description": "Sorts what is overdue into bands by days past the due date (1–30, 31–60, 61–90, over 90), by currency, with the outstanding amount and the number of invoices: an ageing report of receivables, or of payables with kind purchase.",
      "utterances": [
        "How old are our overdue invoices?",
        "Ageing report of receivables",
        "How much is more than 90 days late?",
        "Overdue invoices by age",
        "Which part of our payables is overdue, and for how long?"
      ],
      "arguments": {
        "kind": {
          "description": "What others owe us (sales), or what we owe (purchase).",
          "type": "string",
          "enum": [
            "sales",
            "purchase"
          ],
          "default": "sales",
          "optional": false
        },
        "asOf": {
          "description": "The day that lateness is counted to.",
          "type": "date",
          "default": {
            "pointer": "/context/today"
          },
          "optional": false,
          "examples": [
            "2026-11-20"
          ]
        }
      },
      "tool": true,
      "pinned": false,
      "steps": [
        {
          "name": "unpaid",
          "tool": "invoices.list",
          "arguments": {
            "kind": {
              "pointer": "/arguments/kind"
            },
            "status": [
              "sent",
              "partially_paid"
            ],
            "dueTo": {
              "pointer": "/arguments/asOf"
            },
            "pageSize": 100
          },
          "pages": 30
        }
      ],
      "result": {
        "rows": "/steps/unpaid/data",
        "reduce": [
          {
            "pick": {
              "currency": "/currency",
              "outstanding": "/outstanding",
              "dueDate": "/dueDate"
            }
          },
          {
            "days": {
              "from": "dueDate",
              "to": {
                "pointer": "/arguments/asOf"
              },
              "as": "daysLate"
            }
          },
          {
            "where": {
              "field": "daysLate",
              "from": 1
            }
          },
          {
            "band": {
              "of": "daysLate",
              "as": "age",
              "bands": [
                {
                  "upTo": 30,
                  "label": "1–30 days"
                },
                {
                  "upTo": 60,
                  "label": "31–60 days"
                },
                {
                  "upTo": 90,
                  "label": "61–90 days"
                },
                {
                  "label": "over 90 days"
                }
              ]
            }
          },
          {
            "group": {
              "by": [
                "currency",
                "age"
              ],
              "sum": {
                "outstanding": "outstanding"
              },
              "min": {
                "earliestDueDate": "dueDate"
              },
              "max": {},
              "count": "invoices"
            }
          },
          {
            "sort": [
              {
                "by": "currency",
                "order": "ascending"
              },
              {
                "by": "age",
                "order": "ascending"
              }
            ]
          }
        ],
        "note": "What is outstanding now; payments since another day than today are not taken back."
      }
    },
    {
      "name": "spendByCostGroup",
      "title": "Spending by cost group",
      "description": "Adds up the money that left the bank accounts from a day on, by cost group and currency, the largest first within each currency, with the number of payments. A cost group that is null holds what nobody has sorted yet.",
      "utterances": [
        "What did we spend the most on this month?",
        "Spending by cost group since January",
        "How much do we pay for rent, salaries and travel?",
        "Where does our money go?",
        "Costs by category this quarter"
      ],
      "arguments": {
        "since": {
          "description": "The first day that counts.",
          "type": "date",
          "default": {
            "pointer": "/context/monthStart"
          },
          "optional": false,
          "examples": [
            "2026-10-01"
          ]
        },
        "until": {
          "description": "The last day that counts; everything up to now without it.",
          "type": "date",
          "optional": true,
          "examples": [
            "2026-10-31"
          ]
        },
        "count": {
          "description": "How many cost groups of each currency; all of them without it.",
          "type": "integer",
          "minimum": 1,
          "maximum": 100,
          "optional": true
        }
      },
      "tool": true,
      "pinned": true,
      "steps": [
        {
          "name": "spent",
          "tool": "transactions.list",
          "arguments": {
            "direction": "out",
            "bookedFrom": {
              "pointer": "/arguments/since"
            },
            "bookedTo": {
              "pointer": "/arguments/until"
            },
            "limit": 200
          },
          "pages": 50
        }
      ],
      "result": {
        "rows": "/steps/spent/data",
        "reduce": [
          {
            "pick": {
              "costGroupId": "/costGroup/id",
              "costGroup": "/costGroup/name",
              "currency": "/currency",
              "amount": "/amount"
            }
          },
          {
            "group": {
              "by": [
                "costGroupId",
                "costGroup",
                "currency"
              ],
              "sum": {
                "spent": "amount"
              },
              "min": {},
              "max": {},
              "count": "payments"
            }
          },
          {
            "sort": [
              {
                "by": "currency",
                "order": "ascending"
              },
              {
                "by": "spent",
                "order": "descending"
              },
              {
                "by": "costGroupId",
                "order": "ascending"
              }
            ]
          },
          {
            "top": {
              "count": {
                "pointer": "/arguments/count"
              },
              "per": [
                "currency"
              ]
            }
          }
        ],
        "note": "Sub-groups are rows of their own and not added to the group above them."
      }
    },
    {
      "name": "topDebtors",
      "title": "Who owes us most",
      "description": "Ranks customers by what they still owe: the outstanding balance of their unpaid sales invoices, by counterparty and currency, with the number of invoices and the earliest due date. The ranking is within each currency.",
      "utterances": [
        "Who owes us the most money?",
        "Top ten debtors by outstanding balance",
        "Which customers have the biggest unpaid balances?",
        "How much are our clients behind, by customer?",
        "List the largest receivables"
      ],
      "arguments": {
        "count": {
          "description": "How many customers of each currency.",
          "type": "integer",
          "minimum": 1,
          "maximum": 100,
          "default": 10,
          "optional": false
        },
        "currency": {
          "description": "Only invoices in this currency, an ISO 4217 code.",
          "type": "string",
          "optional": true,
          "examples": [
            "EUR"
          ]
        }
      },
      "tool": true,
      "pinned": true,
      "steps": [
        {
          "name": "unpaid",
          "tool": "invoices.list",
          "arguments": {
            "kind": "sales",
            "status": [
              "sent",
              "partially_paid"
            ],
            "currency": {
              "pointer": "/arguments/currency"
            },
            "pageSize": 100
          },
          "pages": 30
        }
      ],
      "result": {
        "rows": "/steps/unpaid/data",
        "reduce": [
          {
            "pick": {
              "counterpartyId": "/counterparty/id",
              "counterparty": "/counterparty/name",
              "currency": "/currency",
              "outstanding": "/outstanding",
              "dueDate": "/dueDate"
            }
          },
          {
            "group": {
              "by": [
                "counterpartyId",
                "counterparty",
                "currency"
              ],
              "sum": {
                "outstanding": "outstanding"
              },
              "min": {
                "earliestDueDate": "dueDate"
              },
              "max": {},
              "count": "invoices"
            }
          },
          {
            "sort": [
              {
                "by": "currency",
                "order": "ascending"
              },
              {
                "by": "outstanding",
                "order": "descending"
              },
              {
                "by": "counterparty",
                "order": "ascending"
              },
              {
                "by": "counterpartyId",
                "order": "ascending"
              }
            ]
          },
          {
            "top": {
              "count": {
                "pointer": "/arguments/count"
              },
              "per": [
                "currency"
              ]
            }
          }
        ],
        "note": "Gross amounts that are still to be paid, each in its own currency. Drafts and void invoices do not count."
      }
    },
    {
      "name": "upcomingPayments",
      "title": "Upcoming payments of contracts",
      "description": "Lists the lines of the payment schedules of active contracts that fall due in a period and are not paid yet, the next one first: contract, counterparty, amount, currency and state.",
      "utterances": [
        "Which contract payments are due next month?",
        "Upcoming payment schedule lines",
        "What do our contracts bill in the next 30 days?",
        "Next instalments of our contracts",
        "What has to be invoiced soon?"
      ],
      "arguments": {
        "from": {
          "description": "The first day.",
          "type": "date",
          "default": {
            "pointer": "/context/today"
          },
          "optional": false,
          "examples": [
            "2026-11-20"
          ]
        },
        "to": {
          "description": "The last day.",
          "type": "date",
          "default": {
            "pointer": "/context/in30Days"
          },
          "optional": false,
          "examples": [
            "2026-12-31"
          ]
        }
      },
      "tool": true,
      "pinned": false,
      "steps": [
        {
          "name": "contracts",
          "tool": "contracts.list",
          "arguments": {
            "status": "active",
            "sort": "number",
            "pageSize": 100
          },
          "pages": 2
        },
        {
          "name": "schedules",
          "tool": "contracts.paymentScheduleLines",
          "arguments": {
            "contractId": {
              "pointer": "/item/id"
            },
            "dueFrom": {
              "pointer": "/arguments/from"
            },
            "dueTo": {
              "pointer": "/arguments/to"
            },
            "pageSize": 100
          },
          "forEach": {
            "in": "/steps/contracts/data",
            "max": 90
          },
          "pages": 1
        }
      ],
      "result": {
        "rows": "/steps/schedules",
        "reduce": [
          {
            "expand": {
              "in": "/answer/data",
              "keep": {
                "contractId": "/item/id",
                "contract": "/item/number",
                "title": "/item/title",
                "counterparty": "/item/counterparty/name"
              },
              "pick": {
                "dueDate": "/dueDate",
                "amount": "/amount",
                "currency": "/currency",
                "status": "/status",
                "description": "/description"
              }
            }
          },
          {
            "where": {
              "field": "status",
              "not": "paid"
            }
          },
          {
            "sort": [
              {
                "by": "dueDate",
                "order": "ascending"
              },
              {
                "by": "contract",
                "order": "ascending"
              }
            ]
          }
        ],
        "note": "Amounts before tax, each in its own currency. A planned line has no invoice yet."
      }
    }
  ],
  prompts: [
    {
      "name": "chaseOverdueInvoices",
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
      "attach": []
    },
    {
      "name": "contractCheck",
      "title": "Check a contract",
      "description": "Reads one contract and its payments, and says what was agreed, what is due and what needs attention.",
      "arguments": [
        {
          "name": "contractId",
          "description": "The id of the contract, such as ctr_0001.",
          "required": true,
          "values": null
        }
      ],
      "text": "Check the attached contract {contractId}.\n- What was agreed, with whom, and until when? When does it renew, and by when could we give notice?\n- Which agreed payments are overdue, and which fall due in the next 90 days? Compare them with the invoices.\n- What is odd or missing?\nSay which figures come from which record, and ask me where you are not sure.",
      "attach": [
        "flowtly://contracts/{contractId}"
      ]
    },
    {
      "name": "monthEndReview",
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
      "attach": []
    },
    {
      "name": "supplierSpending",
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
      "attach": []
    }
  ],
  research: [
    {
      "namespace": "attachments",
      "search": {
        "tool": "attachments.list",
        "query": "q"
      },
      "fetch": {
        "tool": "attachments.get",
        "argument": "attachmentId",
        "record": ""
      },
      "id": "/id",
      "title": "{fileName}",
      "url": "https://app.flowtly.example/attachments/{id}"
    },
    {
      "namespace": "contracts",
      "search": {
        "tool": "contracts.list",
        "query": "q"
      },
      "fetch": {
        "tool": "contracts.get",
        "argument": "contractId",
        "record": ""
      },
      "id": "/id",
      "title": "{number} {title} ({counterparty.name})",
      "url": "https://app.flowtly.example/contracts/{id}"
    },
    {
      "namespace": "counterparties",
      "search": {
        "tool": "counterparties.list",
        "query": "q"
      },
      "fetch": {
        "tool": "counterparties.get",
        "argument": "counterpartyId",
        "record": ""
      },
      "id": "/id",
      "title": "{name}",
      "url": "https://app.flowtly.example/counterparties/{id}"
    },
    {
      "namespace": "invoices",
      "search": {
        "tool": "invoices.list",
        "query": "q"
      },
      "fetch": {
        "tool": "invoices.get",
        "argument": "invoiceId",
        "record": ""
      },
      "id": "/id",
      "title": "{number} {counterparty.name}",
      "url": "https://app.flowtly.example/invoices/{id}"
    }
  ],
} satisfies Connector
