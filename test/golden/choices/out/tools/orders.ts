// Choices: Orders.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const orders_list = defineTool<paths>()({
  name: "orders.list",
  title: "List orders",
  description: "List orders.",
  instructions: "Use it to find orders. Returns a list of orders with id and anything.goes. Narrow it with state. Ask for up to pageSize (100 at most) at a time.",
  public: true,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listOrders",
    "method": "GET",
    "path": "/orders",
    "template": "/orders",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "pageSize",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "state",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "fields",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "version",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "shop",
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
      "pageSize": {
        "type": "integer",
        "default": 25,
        "maximum": 100
      },
      "state": {
        "type": "string",
        "enum": [
          "open",
          "done"
        ],
        "default": "open"
      },
      "fields": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "default": [
          "id",
          "total"
        ]
      },
      "shop": {
        "type": "string",
        "default": "main"
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/data",
    "columns": [
      "id",
      "anything.goes"
    ],
    "paging": null,
    "filters": [
      "state"
    ]
  },
  input: () => z.strictObject({
    pageSize: z.int().max(100).default(25),
    state: z.enum([
      "open",
      "done"
    ]).default("open"),
    fields: z.array(z.string()).default([
      "id",
      "total"
    ]),
    shop: z.string().default("main"),
  }),
  call: (upstream, args) => upstream.GET("/orders", {
    params: {
      query: defined<NonNullable<paths["/orders"]["get"]["parameters"]["query"]>>({
        pageSize: args.pageSize,
        state: args.state,
        fields: args.fields,
        version: 2,
        shop: args.shop,
      }),
    },
  }),
})

export const orders_recent = defineTool<paths>()({
  name: "orders.recent",
  title: "Recent orders",
  description: "Lists orders of today.",
  instructions: "Ask for nothing else.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listOrders",
    "method": "GET",
    "path": "/orders",
    "template": "/orders",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "pageSize",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "state",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "fields",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "debug",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "version",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "shop",
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
      "pageSize": {
        "type": "integer",
        "default": 25,
        "maximum": 100
      },
      "state": {
        "type": "string",
        "enum": [
          "open",
          "done"
        ],
        "default": "done"
      },
      "debug": {
        "type": "boolean"
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "state",
      "debug"
    ]
  },
  input: () => z.strictObject({
    pageSize: z.int().max(100).default(25),
    state: z.enum([
      "open",
      "done"
    ]).default("done"),
    debug: z.boolean().optional(),
  }),
  call: (upstream, args) => upstream.GET("/orders", {
    params: {
      query: defined<NonNullable<paths["/orders"]["get"]["parameters"]["query"]>>({
        pageSize: args.pageSize,
        state: args.state,
        fields: [
          "id"
        ],
        debug: args.debug,
        version: 2,
        shop: "main",
      }),
    },
  }),
})
