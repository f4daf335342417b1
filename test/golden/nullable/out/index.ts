// Nullable: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { things_list } from './tools/things.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "nullable",
  title: "Nullable",
  instructions: null,
  document: {
    "title": "Nullable",
    "version": "1",
    "sha256": "b194d42ce997f8c36a907d4470229b8abfe25445fa5943e094449b69c4b042c4"
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
      "name": "things",
      "title": "Things",
      "description": "Things."
    }
  ],
  tools: [
    things_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 323
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
