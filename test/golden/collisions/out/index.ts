// Collisions: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { reports_get } from './tools/reports.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "collisions",
  title: "Collisions",
  instructions: null,
  document: {
    "title": "Collisions",
    "version": "1",
    "sha256": "ef70e9a49a7e37ac42006c2dd2053f062d506ce4b67bef790cb7901917ecee18"
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
      "name": "reports",
      "title": "Reports",
      "description": "Reports."
    }
  ],
  tools: [
    reports_get,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 365
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
