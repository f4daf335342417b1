// Garage: Owners.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const owners_get = defineTool<paths>()({
  name: "owners.get",
  title: "Get owners",
  description: "Get owners.",
  instructions: "Use it for one owner by its ownerId. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "garage://owners/{ownerId}",
  operation: {
    "id": "getOwner",
    "method": "GET",
    "path": "/owners/{ownerId}",
    "template": "/owners/{ownerId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "ownerId",
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
      "ownerId": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "ownerId"
    ],
    "additionalProperties": false
  },
  outputSchema: {
    "type": "object",
    "properties": {
      "id": {
        "type": [
          "string",
          "number",
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
  input: () => z.strictObject({
    ownerId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/owners/{ownerId}", {
    params: {
      path: {
        ownerId: args.ownerId,
      },
    },
  }),
})

export const owners_list = defineTool<paths>()({
  name: "owners.list",
  title: "List owners",
  description: "List owners.",
  instructions: "Use it to find owners. Returns a list of owners.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listOwners",
    "method": "GET",
    "path": "/owners",
    "template": "/owners",
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
            "name": {
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
  call: (upstream, args) => upstream.GET("/owners", {}),
})
