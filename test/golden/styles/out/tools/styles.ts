// Styles: Styles.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, distinct, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const styles_all = defineTool<paths>()({
  name: "styles.all",
  title: "All styles",
  description: "All styles.",
  instructions: "Returns one record. Narrow it with form, formJoined, spaces, pipes, deep and reserved.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "GET /{simple}/{simpleExploded}/{label}/{matrix}",
    "method": "GET",
    "path": "/{simple}/{simpleExploded}/{label}/{matrix}",
    "template": "/{simple}/{simpleExploded}/{label}/{matrix}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "simple",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "simpleExploded",
        "in": "path",
        "style": "simple",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "label",
        "in": "path",
        "style": "label",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "matrix",
        "in": "path",
        "style": "matrix",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "form",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "formJoined",
        "in": "query",
        "style": "form",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "spaces",
        "in": "query",
        "style": "spaceDelimited",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "pipes",
        "in": "query",
        "style": "pipeDelimited",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "deep",
        "in": "query",
        "style": "deepObject",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "reserved",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": true,
        "content": null
      },
      {
        "name": "X-Header",
        "in": "header",
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
      "simple": {
        "type": "array",
        "items": {
          "type": "integer"
        },
        "minItems": 1
      },
      "simpleExploded": {
        "type": "string",
        "enum": [
          "a",
          "b"
        ]
      },
      "label": {
        "type": "string",
        "minLength": 3
      },
      "matrix": {
        "type": "string",
        "minLength": 1
      },
      "form": {
        "type": "array",
        "minItems": 1,
        "maxItems": 3,
        "uniqueItems": true,
        "items": {
          "type": "string",
          "enum": [
            "x",
            "y"
          ]
        }
      },
      "formJoined": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "spaces": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "pipes": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "deep": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "reserved": {
        "type": "string"
      },
      "X_Header": {
        "type": "string",
        "description": "Sent as the header \"X-Header\"."
      }
    },
    "required": [
      "simple",
      "simpleExploded",
      "label",
      "matrix",
      "X_Header"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "form",
      "formJoined",
      "spaces",
      "pipes",
      "deep",
      "reserved"
    ]
  },
  input: () => z.strictObject({
    simple: z.array(z.int()).min(1),
    simpleExploded: z.enum([
      "a",
      "b"
    ]),
    label: z.string().check(length(3)),
    matrix: z.string().min(1),
    form: z.array(z.enum([
      "x",
      "y"
    ])).min(1).max(3).check(distinct()).optional(),
    formJoined: z.array(z.string()).optional(),
    spaces: z.array(z.string()).optional(),
    pipes: z.array(z.string()).optional(),
    deep: z.record(z.string(), z.string()).optional(),
    reserved: z.string().optional(),
    X_Header: z.string(),
  }),
  call: (upstream, args) => upstream.GET("/{simple}/{simpleExploded}/{label}/{matrix}", {
    params: {
      path: {
        simple: args.simple,
        simpleExploded: args.simpleExploded,
        label: args.label,
        matrix: args.matrix,
      },
      query: defined<NonNullable<paths["/{simple}/{simpleExploded}/{label}/{matrix}"]["get"]["parameters"]["query"]>>({
        form: args.form,
        formJoined: args.formJoined,
        spaces: args.spaces,
        pipes: args.pipes,
        deep: args.deep,
        reserved: args.reserved,
      }),
      header: defined<NonNullable<paths["/{simple}/{simpleExploded}/{label}/{matrix}"]["get"]["parameters"]["header"]>>({
        "X-Header": args.X_Header,
      }),
    },
  }),
})
