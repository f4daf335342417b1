// Flowtly: Attachments.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, length } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const attachments_content = defineTool<paths>()({
  name: "attachments.content",
  title: "Content of an attachment",
  description: "The bytes of one document, in the media type it was uploaded with.",
  instructions: "Returns a PDF file or an image or CSV.",
  public: false,
  pinned: false,
  offer: "resource",
  uri: "flowtly://attachments/{attachmentId}/content",
  operation: {
    "id": "getAttachmentContent",
    "method": "GET",
    "path": "/attachments/{attachmentId}/content",
    "template": "/attachments/{attachmentId}/content",
    "query": "",
    "server": null,
    "accept": "application/pdf, image/png, text/csv",
    "parameters": [
      {
        "name": "attachmentId",
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
      "attachmentId": {
        "type": "string",
        "description": "The id of the attachment.",
        "minLength": 1,
        "examples": [
          "att_0001"
        ]
      }
    },
    "required": [
      "attachmentId"
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
    attachmentId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/attachments/{attachmentId}/content", {
    params: {
      path: {
        attachmentId: args.attachmentId,
      },
    },
  }),
})

export const attachments_get = defineTool<paths>()({
  name: "attachments.get",
  title: "Read an attachment's metadata",
  description: "Returns name, type, size, checksum and subject of one document. Its content is read as a resource: flowtly://attachments/{attachmentId}/content.",
  instructions: "Use it for one attachment by its attachmentId. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "flowtly://attachments/{attachmentId}",
  operation: {
    "id": "getAttachment",
    "method": "GET",
    "path": "/attachments/{attachmentId}",
    "template": "/attachments/{attachmentId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "attachmentId",
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
      "attachmentId": {
        "type": "string",
        "description": "The id of the attachment.",
        "minLength": 1,
        "examples": [
          "att_0001"
        ]
      }
    },
    "required": [
      "attachmentId"
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
    attachmentId: z.string().min(1),
  }),
  call: (upstream, args) => upstream.GET("/attachments/{attachmentId}", {
    params: {
      path: {
        attachmentId: args.attachmentId,
      },
    },
  }),
})

export const attachments_list = defineTool<paths>()({
  name: "attachments.list",
  title: "Search attachments",
  description: "Lists the documents filed with invoices, transactions and contracts, the latest first: file name, type, size and what they belong to. The content of a document is read as a resource: flowtly://attachments/{attachmentId}/content.",
  instructions: "For the documents of one record give subjectType and subjectId together.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listAttachments",
    "method": "GET",
    "path": "/attachments",
    "template": "/attachments",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "subjectType",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "subjectId",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "contentType",
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
      "subjectType": {
        "type": "string",
        "enum": [
          "invoice",
          "transaction",
          "contract"
        ],
        "description": "Only documents filed with this kind of record.",
        "examples": [
          "invoice"
        ]
      },
      "subjectId": {
        "type": "string",
        "minLength": 1,
        "maxLength": 40,
        "description": "Only documents filed with this record.",
        "examples": [
          "inv_000123"
        ]
      },
      "contentType": {
        "type": "string",
        "enum": [
          "application/pdf",
          "image/png",
          "text/csv"
        ],
        "description": "Only documents of this media type.",
        "examples": [
          "application/pdf"
        ]
      },
      "q": {
        "type": "string",
        "minLength": 1,
        "maxLength": 100,
        "description": "Text found in the file name or the description; case and accents do not matter.",
        "examples": [
          "receipt"
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
      "fileName",
      "contentType",
      "size",
      "subjectType",
      "subjectId",
      "description",
      "uploadedAt",
      "uploadedBy.name"
    ],
    "paging": {
      "kind": "page",
      "argument": "page",
      "size": "pageSize"
    },
    "filters": [
      "subjectType",
      "subjectId",
      "contentType",
      "q"
    ]
  },
  input: () => z.strictObject({
    subjectType: z.enum([
      "invoice",
      "transaction",
      "contract"
    ]).optional(),
    subjectId: z.string().check(length(1, 40)).optional(),
    contentType: z.enum([
      "application/pdf",
      "image/png",
      "text/csv"
    ]).optional(),
    q: z.string().check(length(1, 100)).optional(),
    page: z.int().min(1).max(100000).optional(),
    pageSize: z.int().min(1).max(100).default(25),
  }),
  call: (upstream, args) => upstream.GET("/attachments", {
    params: {
      query: defined<NonNullable<paths["/attachments"]["get"]["parameters"]["query"]>>({
        subjectType: args.subjectType,
        subjectId: args.subjectId,
        contentType: args.contentType,
        q: args.q,
        page: args.page,
        pageSize: args.pageSize,
      }),
    },
  }),
})
