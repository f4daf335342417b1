// Library: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { books_cover, books_get, books_list } from './tools/books.ts'
import { shelves_list } from './tools/shelves.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "structured",
  title: "Library",
  instructions: null,
  document: {
    "title": "Library",
    "version": "1",
    "sha256": "4e55cf3234f7a9e4800e161020f3c3f9185cf6154e2a5f82e3371e222339b2f3"
  },
  upstream: {
    serverUrl: "https://library.example/v1",
    organizationHeader: null,
    apiCredentials: {
      "key": "X-Key",
      "secret": "X-Secret",
      "email": "X-Email"
    },
    login: { kind: 'api-credentials' },
    profile: {
      operation: {
        "id": "getMe",
        "method": "GET",
        "path": "/me",
        "template": "/me",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": null
      },
      send: defineRequest<paths>()((upstream) =>
        upstream.GET("/me", {}),
      ),
      id: "/id",
      email: "/id",
      name: "/id",
    },
    organizations: {
      operation: {
        "id": "getMe",
        "method": "GET",
        "path": "/me",
        "template": "/me",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": null
      },
      send: defineRequest<paths>()((upstream) =>
        upstream.GET("/me", {}),
      ),
      items: "/branches",
      id: "/id",
      name: "/id",
      role: "/role",
      plan: null,
      baseCurrency: null,
      timeZone: null,
      approvers: [
        "librarian"
      ],
    },
  },
  namespaces: [
    {
      "name": "books",
      "title": "Books",
      "description": "Books of the library."
    },
    {
      "name": "shelves",
      "title": "Shelves",
      "description": "Where they stand."
    }
  ],
  tools: [
    books_cover,
    books_get,
    books_list,
    shelves_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 623
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
