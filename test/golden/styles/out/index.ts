// Styles: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { styles_all } from './tools/styles.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "styles",
  title: "Styles",
  instructions: null,
  document: {
    "title": "Styles",
    "version": "1",
    "sha256": "5ed7fad8e0bb2098275b6adec144c8e6cdf2c9ec1b8aa8e690b2640255c461d7"
  },
  upstream: {
    serverUrl: null,
    organizationHeader: null,
    apiCredentials: {
      "key": "X-Key",
      "secret": "X-Secret",
      "email": "X-Email"
    },
    login: {
      kind: 'oidc',
      issuer: "https://id.styles.example/tenant/",
      scopes: [
        "openid",
        "profile",
        "email",
        "offline_access"
      ],
      resource: null,
    },
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
      "name": "styles",
      "title": "Styles",
      "description": "Styles."
    }
  ],
  tools: [
    styles_all,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 245
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
