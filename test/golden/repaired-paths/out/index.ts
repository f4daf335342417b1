// Paths: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { reports_account, reports_file, reports_list } from './tools/reports.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "repaired-paths",
  title: "Paths",
  instructions: null,
  document: {
    "title": "Paths",
    "version": "1",
    "sha256": "35647a65e31321c3727a156f2d0abaf94fea0057a58ed20e7f709669c9b40b7d"
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
    reports_account,
    reports_file,
    reports_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 224
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
