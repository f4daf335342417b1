// Choices: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { orders_list, orders_recent } from './tools/orders.ts'
import { shops_orders } from './tools/shops.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "choices",
  title: "Choices",
  instructions: null,
  document: {
    "title": "Choices",
    "version": "1",
    "sha256": "de071375f5a3faa43dcb34a0212b4fb1785564f5c8d22cefe999ee46df3e1192"
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
      issuer: "https://id.choices.example",
      scopes: [
        "openid",
        "api:read"
      ],
      resource: "https://api.choices.example/v1",
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
      "name": "orders",
      "title": "Orders",
      "description": "Orders."
    },
    {
      "name": "shops",
      "title": "Shops",
      "description": "Shops."
    }
  ],
  tools: [
    orders_list,
    orders_recent,
    shops_orders,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 284
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
