// Library: Books.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const books_cover = defineTool<paths>()({
  name: "books.cover",
  title: "Reads a book's cover",
  description: "Reads a book's cover.",
  instructions: "Returns an image.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getCover",
    "method": "GET",
    "path": "/books/{bookId}/cover",
    "template": "/books/{bookId}/cover",
    "query": "",
    "server": null,
    "accept": "image/png, image/jpeg",
    "parameters": [
      {
        "name": "bookId",
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
      "bookId": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "bookId"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    bookId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/books/{bookId}/cover", {
    params: {
      path: {
        bookId: args.bookId,
      },
    },
  }),
})

export const books_get = defineTool<paths>()({
  name: "books.get",
  title: "Reads a book",
  description: "Reads a book.",
  instructions: "Use it for one book by its bookId. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getBook",
    "method": "GET",
    "path": "/books/{bookId}",
    "template": "/books/{bookId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "bookId",
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
      "bookId": {
        "type": "string",
        "minLength": 1
      }
    },
    "required": [
      "bookId"
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
      "title": {
        "type": [
          "string",
          "number",
          "null"
        ]
      },
      "year": {
        "type": [
          "number",
          "string",
          "null"
        ]
      },
      "state": {
        "type": [
          "string",
          "number",
          "null"
        ]
      },
      "lent": {
        "type": [
          "boolean",
          "null"
        ]
      },
      "authors": {
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
            },
            "born": {
              "type": [
                "string",
                "number",
                "null"
              ]
            }
          }
        }
      },
      "place": {
        "type": [
          "string",
          "object",
          "number",
          "null"
        ],
        "properties": {
          "shelf": {
            "type": [
              "string",
              "number",
              "null"
            ]
          }
        }
      },
      "notes": {},
      "extra": {},
      "next": {},
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
    bookId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/books/{bookId}", {
    params: {
      path: {
        bookId: args.bookId,
      },
    },
  }),
})

export const books_list = defineTool<paths>()({
  name: "books.list",
  title: "Lists books",
  description: "Lists books.",
  instructions: "Use it to find books. Returns a list of books with id, title, year, authors.name and place. Read on by raising offset, limit (50 at most) at a time.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listBooks",
    "method": "GET",
    "path": "/books",
    "template": "/books",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "offset",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "limit",
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
      "offset": {
        "type": "integer",
        "minimum": 0
      },
      "limit": {
        "type": "integer",
        "maximum": 50
      }
    },
    "additionalProperties": false
  },
  outputSchema: {
    "type": "object",
    "properties": {
      "data": {
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
            "title": {
              "type": [
                "string",
                "number",
                "null"
              ]
            },
            "year": {
              "type": [
                "number",
                "string",
                "null"
              ]
            },
            "authors": {
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
            "place": {
              "type": [
                "string",
                "object",
                "number",
                "null"
              ],
              "properties": {
                "shelf": {
                  "type": [
                    "string",
                    "number",
                    "null"
                  ]
                }
              }
            }
          }
        }
      },
      "total": {
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
    "items": "/data",
    "columns": [
      "id",
      "title",
      "year",
      "authors.name",
      "place"
    ],
    "paging": {
      "kind": "offset",
      "argument": "offset",
      "size": "limit"
    },
    "filters": []
  },
  input: () => z.strictObject({
    offset: z.int().min(0).optional(),
    limit: z.int().max(50).optional(),
  }),
  call: (upstream, args) => upstream.GET("/books", {
    params: {
      query: defined<NonNullable<paths["/books"]["get"]["parameters"]["query"]>>({
        offset: args.offset,
        limit: args.limit,
      }),
    },
  }),
})
