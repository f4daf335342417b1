// Circles: Documents.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, type BodyOf, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

const documents_folders_Folder: z.ZodType = z.looseObject({
  name: z.exactOptional(z.string().check(length(2))),
  parent: z.exactOptional(z.union([
    z.lazy(() => documents_folders_Folder),
    z.null(),
  ])),
})

export const documents_folders = defineTool<paths>()({
  name: "documents.folders",
  title: "Folders documents",
  description: "Folders documents.",
  instructions: "Returns one record. Narrow it with inside and unlike.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listFolders",
    "method": "GET",
    "path": "/folders",
    "template": "/folders",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "inside",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json"
      },
      {
        "name": "unlike",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": "application/json"
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "inside": {
        "$ref": "#/$defs/Folder",
        "description": "A folder by its place."
      },
      "unlike": {
        "anyOf": [
          {},
          {
            "type": "object",
            "properties": {
              "name": {
                "type": "string"
              }
            }
          }
        ]
      }
    },
    "additionalProperties": false,
    "$defs": {
      "Folder": {
        "type": "object",
        "properties": {
          "name": {
            "type": "string",
            "minLength": 2
          },
          "parent": {
            "anyOf": [
              {
                "$ref": "#/$defs/Folder"
              },
              {
                "type": "null"
              }
            ]
          }
        }
      }
    }
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "inside",
      "unlike"
    ]
  },
  input: () => z.strictObject({
    inside: z.lazy(() => documents_folders_Folder).optional(),
    unlike: z.union([
      z.unknown(),
      z.looseObject({
        name: z.exactOptional(z.string()),
      }),
    ]).optional(),
  }),
  call: (upstream, args) => upstream.GET("/folders", {
    params: {
      query: defined<NonNullable<paths["/folders"]["get"]["parameters"]["query"]>>({
        inside: args.inside,
        unlike: args.unlike,
      }),
    },
  }),
})

const documents_search_Search_Filter: z.ZodType = z.strictObject({
  must: z.exactOptional(z.array(z.lazy(() => documents_search_Condition))),
  not: z.exactOptional(z.lazy(() => documents_search_Search_Filter)),
})

const documents_search_Condition: z.ZodType = z.xor([
  z.lazy(() => documents_search_Search_Filter),
  z.strictObject({
    field: z.string(),
    range: z.exactOptional(z.looseObject({
      from: z.exactOptional(z.int()),
      to: z.exactOptional(z.int()),
    })),
  }),
])

const documents_search_Note: z.ZodType = z.looseObject({
  reply: z.exactOptional(z.lazy(() => documents_search_Note)),
  text: z.exactOptional(z.string()),
})

export const documents_search = defineTool<paths>()({
  name: "documents.search",
  title: "Search documents",
  description: "Search documents.",
  instructions: "Returns one record. Narrow it with notes.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "searchDocuments",
    "method": "POST",
    "path": "/documents/search",
    "template": "/documents/search",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [],
    "body": "application/json"
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "filter": {
        "$ref": "#/$defs/Search_Filter"
      },
      "notes": {
        "$ref": "#/$defs/Note"
      }
    },
    "required": [
      "filter"
    ],
    "additionalProperties": false,
    "$defs": {
      "Search_Filter": {
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "must": {
            "type": "array",
            "items": {
              "$ref": "#/$defs/Condition"
            }
          },
          "not": {
            "$ref": "#/$defs/Search_Filter"
          }
        }
      },
      "Condition": {
        "oneOf": [
          {
            "$ref": "#/$defs/Search_Filter"
          },
          {
            "type": "object",
            "required": [
              "field"
            ],
            "additionalProperties": false,
            "properties": {
              "field": {
                "type": "string"
              },
              "range": {
                "type": "object",
                "properties": {
                  "from": {
                    "type": "integer"
                  },
                  "to": {
                    "type": "integer"
                  }
                }
              }
            }
          }
        ]
      },
      "Note": {
        "description": "Holds what it is a part of, and more.",
        "type": "object",
        "properties": {
          "reply": {
            "$ref": "#/$defs/Note"
          },
          "text": {
            "type": "string"
          }
        }
      }
    }
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "notes"
    ]
  },
  input: () => z.strictObject({
    filter: z.lazy(() => documents_search_Search_Filter),
    notes: z.lazy(() => documents_search_Note).optional(),
  }),
  call: (upstream, args) => upstream.POST("/documents/search", {
    body: defined<BodyOf<paths["/documents/search"]["post"]>>({
      filter: args.filter,
      notes: args.notes,
    }),
  }),
})
