// Contents: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { reports_list } from './tools/reports.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "content-parameter",
  title: "Contents",
  instructions: null,
  document: {
    "title": "Contents",
    "version": "1",
    "sha256": "12e1244c70611397010a21de3c05a6dc009eb33a2ae6d0ad6ca5b4f3ce1a08df"
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
    reports_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 177
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
