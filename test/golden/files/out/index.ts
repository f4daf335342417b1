// Files: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { parts_get, parts_list } from './tools/parts.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "files",
  title: "Files",
  instructions: null,
  document: {
    "title": "Files",
    "version": "1",
    "sha256": "093fccdc9c44b3a082ab3662da16a52059d2a930101915348c3ece9de4a061be"
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
      "name": "parts",
      "title": "Parts",
      "description": "Parts."
    }
  ],
  tools: [
    parts_get,
    parts_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 150
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
