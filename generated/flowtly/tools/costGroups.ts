// Flowtly: Cost groups.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const costGroups_list = defineTool<paths>()({
  name: "costGroups.list",
  title: "List cost groups",
  description: "List cost groups. Lists the categories that spending is sorted into, by code. They form a tree through parentId.",
  instructions: "The way from a category's name to the costGroupId that transactions and suppliers are filtered by. parentId gives the children of one group; depth 0 is the top.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listCostGroups",
    "method": "GET",
    "path": "/cost-groups",
    "template": "/cost-groups",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "parentId",
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
      "parentId": {
        "type": "string",
        "minLength": 1,
        "maxLength": 40,
        "description": "Only the direct children of this cost group.",
        "examples": [
          "cg_001"
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the code or the name; case and accents do not matter.",
        "examples": [
          "travel"
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
      "code",
      "name",
      "parentId",
      "depth",
      "description"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "parentId",
      "q"
    ]
  },
  input: () => z.strictObject({
    parentId: z.string().check(length(1, 40)).optional(),
    q: z.string().check(length(1, 100)).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/cost-groups", {
    params: {
      query: defined<NonNullable<paths["/cost-groups"]["get"]["parameters"]["query"]>>({
        parentId: args.parentId,
        q: args.q,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
