// Garage: Prices.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const prices_get = defineTool<paths>()({
  name: "prices.get",
  title: "Get prices",
  description: "Get prices.",
  instructions: "Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "garage://price-list",
  operation: {
    "id": "getPrices",
    "method": "GET",
    "path": "/prices",
    "template": "/prices",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: {
    "type": "object",
    "properties": {
      "hour": {
        "type": [
          "number",
          "string",
          "null"
        ]
      },
      "_truncated": {
        "type": "object"
      }
    }
  },
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/prices", {}),
})
