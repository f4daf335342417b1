// Garage: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { cars_get, cars_list, cars_photo, cars_repairs } from './tools/cars.ts'
import { issues_get, issues_list } from './tools/issues.ts'
import { owners_get, owners_list } from './tools/owners.ts'
import { prices_get } from './tools/prices.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "garage",
  title: "Garage",
  instructions: null,
  document: {
    "title": "Garage",
    "version": "1",
    "sha256": "595e0268ab9ea8c6e66f18ee62ef43953ad8ab5bd5f20e40eaf9cfc0a01341de"
  },
  upstream: {
    serverUrl: "https://garage.example/v1",
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
      email: "/id",
      name: "/id",
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
      items: "/garages",
      id: "/id",
      name: "/id",
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
      "name": "cars",
      "title": "Cars",
      "description": "Cars in the garage."
    },
    {
      "name": "issues",
      "title": "Issues",
      "description": "What is wrong."
    },
    {
      "name": "owners",
      "title": "Owners",
      "description": "Whom they belong to."
    },
    {
      "name": "prices",
      "title": "Prices",
      "description": "What an hour costs."
    }
  ],
  tools: [
    cars_get,
    cars_list,
    cars_photo,
    cars_repairs,
    issues_get,
    issues_list,
    owners_get,
    owners_list,
    prices_get,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 982
  },
  resources: {
    "allowPrefixes": [
      "garage://cars/",
      "garage://owners/o",
      "garage://issues/",
      "garage://photos/",
      "garage://price-list"
    ],
    "indexes": [
      {
        "tool": "cars.list",
        "uri": "garage://cars/"
      },
      {
        "tool": "issues.list",
        "uri": "garage://issues/"
      }
    ],
    "lists": [
      {
        "tool": "cars.list",
        "item": "cars.get",
        "argument": "carId",
        "id": "/id"
      }
    ],
    "references": [
      {
        "tool": "cars.repairs",
        "member": "car",
        "item": "cars.get",
        "argument": "carId",
        "id": "/id"
      },
      {
        "tool": "cars.repairs",
        "member": "owner",
        "item": "owners.get",
        "argument": "ownerId",
        "id": "/id"
      }
    ]
  },
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
