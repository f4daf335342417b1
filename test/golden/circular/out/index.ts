// Circles: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { documents_folders, documents_search } from './tools/documents.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "circular",
  title: "Circles",
  instructions: null,
  document: {
    "title": "Circles",
    "version": "1",
    "sha256": "7e1e0746f8db784b7392dffde6a7806768f0253ce2c782d15ab56faaf88b4c25"
  },
  upstream: {
    serverUrl: null,
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
      email: "/email",
      name: "/name",
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
      items: "/teams",
      id: "/id",
      name: "/name",
      role: "/role",
      plan: null,
      baseCurrency: null,
      timeZone: null,
      approvers: [
        "owner"
      ],
    },
  },
  namespaces: [
    {
      "name": "documents",
      "title": "Documents",
      "description": "Documents."
    }
  ],
  tools: [
    documents_folders,
    documents_search,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 364
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
