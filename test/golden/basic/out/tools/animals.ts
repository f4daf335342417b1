// Zoo: Animals.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const animals_get = defineTool<paths>()({
  name: "animals.get",
  title: "Get animals",
  description: "Get animals.",
  instructions: "Use it for one animal by its id. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getAnimal",
    "method": "GET",
    "path": "/animals/{id}",
    "template": "/animals/{id}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "id",
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
      "id": {
        "type": "string",
        "description": "Over the path's own.",
        "minLength": 1
      }
    },
    "required": [
      "id"
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
    id: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/animals/{id}", {
    params: {
      path: {
        id: args.id,
      },
    },
  }),
})

export const animals_list = defineTool<paths>()({
  name: "animals.list",
  title: "List animals",
  description: "List animals. Lists all animals of a zoo, youngest first. one page at a time",
  instructions: "Use it to find animals. Returns a list of animals with id, name, species and parents.name. Narrow it with species and bornAfter. Read on by counting up page, pageSize (50 at most) at a time.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listAnimals",
    "method": "GET",
    "path": "/animals",
    "template": "/animals",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "species",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "bornAfter",
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
      "species": {
        "type": "string",
        "enum": [
          "lion",
          "zebra"
        ]
      },
      "bornAfter": {
        "type": "string",
        "format": "date",
        "description": "Only animals born after this day.",
        "examples": [
          "2026-01-31"
        ]
      },
      "page": {
        "type": "integer",
        "minimum": 1,
        "default": 1
      },
      "pageSize": {
        "type": "integer",
        "minimum": 1,
        "maximum": 50
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/animals",
    "columns": [
      "id",
      "name",
      "species",
      "parents.name"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "species",
      "bornAfter"
    ]
  },
  input: () => z.strictObject({
    species: z.enum([
      "lion",
      "zebra"
    ]).optional(),
    bornAfter: z.string().check(format("date")).optional(),
    page: z.int().min(1).optional(),
    pageSize: z.int().min(1).max(50).optional(),
  }),
  call: (upstream, args) => upstream.GET("/animals", {
    params: {
      query: defined<NonNullable<paths["/animals"]["get"]["parameters"]["query"]>>({
        species: args.species,
        bornAfter: args.bornAfter,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
