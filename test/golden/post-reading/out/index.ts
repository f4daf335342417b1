// Posts: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { reports_byIds, reports_count, reports_latest, reports_query, reports_search, reports_tree } from './tools/reports.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "post-reading",
  title: "Posts",
  instructions: null,
  document: {
    "title": "Posts",
    "version": "1",
    "sha256": "afd7f5d21509976c98db65fdc379cc782f0bb8a2288f7110cbc221e24c01e586"
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
    reports_byIds,
    reports_count,
    reports_latest,
    reports_query,
    reports_search,
    reports_tree,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 668
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
