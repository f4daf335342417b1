// Test: Test.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const test_audioContent = defineTool<paths>()({
  name: "test.audioContent",
  title: "A sound",
  description: "A sound.",
  instructions: "Returns an audio file.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getAudio",
    "method": "GET",
    "path": "/files/audio",
    "template": "/files/audio",
    "query": "",
    "server": null,
    "accept": "audio/wav",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/files/audio", {}),
})

export const test_embeddedResource = defineTool<paths>()({
  name: "test.embeddedResource",
  title: "Any other file",
  description: "Any other file.",
  instructions: "Returns a file.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getFile",
    "method": "GET",
    "path": "/files/other",
    "template": "/files/other",
    "query": "",
    "server": null,
    "accept": "application/octet-stream",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/files/other", {}),
})

export const test_errorHandling = defineTool<paths>()({
  name: "test.errorHandling",
  title: "What wants an argument",
  description: "What wants an argument.",
  instructions: "Returns text.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getNeedy",
    "method": "GET",
    "path": "/needy",
    "template": "/needy",
    "query": "",
    "server": null,
    "accept": "text/plain",
    "parameters": [
      {
        "name": "wanted",
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
      "wanted": {
        "type": "string"
      }
    },
    "required": [
      "wanted"
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
    wanted: z.string(),
  }),
  call: (upstream, args) => upstream.GET("/needy", {
    params: {
      query: defined<NonNullable<paths["/needy"]["get"]["parameters"]["query"]>>({
        wanted: args.wanted,
      }),
    },
  }),
})

export const test_exampleResource = defineTool<paths>()({
  name: "test.exampleResource",
  title: "The text that prompts embed",
  description: "The text that prompts embed.",
  instructions: "Returns text.",
  public: false,
  pinned: false,
  offer: "resource",
  uri: "test://example-resource",
  operation: {
    "id": "getExample",
    "method": "GET",
    "path": "/texts/example",
    "template": "/texts/example",
    "query": "",
    "server": null,
    "accept": "text/plain",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/texts/example", {}),
})

export const test_imageContent = defineTool<paths>()({
  name: "test.imageContent",
  title: "A picture",
  description: "A picture.",
  instructions: "Returns an image.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getImage",
    "method": "GET",
    "path": "/files/image",
    "template": "/files/image",
    "query": "",
    "server": null,
    "accept": "image/png",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/files/image", {}),
})

export const test_simpleText = defineTool<paths>()({
  name: "test.simpleText",
  title: "The static text",
  description: "The static text.",
  instructions: "Returns text.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "getStaticText",
    "method": "GET",
    "path": "/texts/static",
    "template": "/texts/static",
    "query": "",
    "server": null,
    "accept": "text/plain",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/texts/static", {}),
})

export const test_staticBinary = defineTool<paths>()({
  name: "test.staticBinary",
  title: "A picture",
  description: "A picture.",
  instructions: "Returns an image.",
  public: false,
  pinned: false,
  offer: "resource",
  uri: "test://static-binary",
  operation: {
    "id": "getImage",
    "method": "GET",
    "path": "/files/image",
    "template": "/files/image",
    "query": "",
    "server": null,
    "accept": "image/png",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/files/image", {}),
})

export const test_staticText = defineTool<paths>()({
  name: "test.staticText",
  title: "The static text",
  description: "The static text.",
  instructions: "Returns text.",
  public: false,
  pinned: false,
  offer: "resource",
  uri: "test://static-text",
  operation: {
    "id": "getStaticText",
    "method": "GET",
    "path": "/texts/static",
    "template": "/texts/static",
    "query": "",
    "server": null,
    "accept": "text/plain",
    "parameters": [],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {},
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({}),
  call: (upstream, args) => upstream.GET("/texts/static", {}),
})

export const test_template = defineTool<paths>()({
  name: "test.template",
  title: "Data by its id",
  description: "Data by its id.",
  instructions: "Returns one record.",
  public: false,
  pinned: false,
  offer: "resource",
  uri: "test://template/{id}/data",
  operation: {
    "id": "getData",
    "method": "GET",
    "path": "/template/{id}/data",
    "template": "/template/{id}/data",
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
  call: (upstream, args) => upstream.GET("/template/{id}/data", {
    params: {
      path: {
        id: args.id,
      },
    },
  }),
})
