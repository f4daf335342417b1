// Garage: Issues.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const issues_get = defineTool<paths>()({
  name: "issues.get",
  title: "Get issues",
  description: "Get issues.",
  instructions: "Use it for one issue by its issue_number. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "garage://issues/{issue_number}",
  operation: {
    "id": "getIssue",
    "method": "GET",
    "path": "/issues/{issue_number}",
    "template": "/issues/{issue_number}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "issue_number",
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
      "issue_number": {
        "type": "integer"
      }
    },
    "required": [
      "issue_number"
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
    issue_number: z.int(),
  }),
  call: (upstream, args) => upstream.GET("/issues/{issue_number}", {
    params: {
      path: {
        issue_number: args.issue_number,
      },
    },
  }),
})

export const issues_list = defineTool<paths>()({
  name: "issues.list",
  title: "List issues",
  description: "List issues.",
  instructions: "Use it to find issues. Returns a list of issues.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listIssues",
    "method": "GET",
    "path": "/issues",
    "template": "/issues",
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
            "id": {
              "type": [
                "string",
                "number",
                "null"
              ]
            },
            "number": {
              "type": [
                "number",
                "string",
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
  call: (upstream, args) => upstream.GET("/issues", {}),
})
