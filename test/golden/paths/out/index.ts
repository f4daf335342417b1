// Paths: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { reports_all, reports_file, reports_fixed, reports_refresh, reports_strange } from './tools/reports.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "paths",
  title: "Paths",
  instructions: null,
  document: {
    "title": "Paths",
    "version": "1",
    "sha256": "beda641138280a378f663fc9c1ff11fb1838eb0fba711958d9101af8b148bfd7"
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
    reports_all,
    reports_file,
    reports_fixed,
    reports_refresh,
    reports_strange,
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
