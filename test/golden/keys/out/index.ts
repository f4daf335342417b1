// Keys: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { reports_list } from './tools/reports.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "keys",
  title: "Keys",
  instructions: null,
  document: {
    "title": "Keys",
    "version": "1",
    "sha256": "4d76b81eae2852f9476a6a5f56b2efd0b50a8c55b5e97ccfe5588dc9aab7fef3"
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
    "tokens": 390
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
