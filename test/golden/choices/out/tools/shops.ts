// Choices: Shops.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const shops_orders = defineTool<paths>()({
  name: "shops.orders",
  title: "Orders shops",
  description: "Orders shops.",
  instructions: "Returns one record. Narrow it with state.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listShopOrders",
    "method": "GET",
    "path": "/shops/{shop}/orders",
    "template": "/shops/{shop}/orders",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "shop",
        "in": "path",
        "style": "simple",
        "explode": false,
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
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "state": {
        "type": "string",
        "enum": [
          "open",
          "done"
        ]
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
      "state"
    ]
  },
  input: () => z.strictObject({
    state: z.enum([
      "open",
      "done"
    ]).optional(),
  }),
  call: (upstream, args) => upstream.GET("/shops/{shop}/orders", {
    params: {
      path: {
        shop: "main",
      },
      query: defined<NonNullable<paths["/shops/{shop}/orders"]["get"]["parameters"]["query"]>>({
        state: args.state,
      }),
    },
  }),
})
