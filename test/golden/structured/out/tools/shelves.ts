// Library: Shelves.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const shelves_list = defineTool<paths>()({
  name: "shelves.list",
  title: "Lists shelves",
  description: "Lists shelves.",
  instructions: "Use it to find shelves. Returns a list of shelves.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listShelves",
    "method": "GET",
    "path": "/shelves",
    "template": "/shelves",
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
      "items": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": [
            "object",
            "null"
          ],
          "properties": {
            "code": {
              "type": [
                "string",
                "number",
                "null"
              ]
            }
          }
        }
      },
      "_truncated": {
        "type": "object"
      }
    }
  },
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/shelves", {}),
})
