// Zoo: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { animals_get, animals_list } from './tools/animals.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "basic",
  title: "Zoo",
  instructions: "Ask about animals.",
  document: {
    "title": "Zoo",
    "version": "1.0",
    "sha256": "616e324120d520ebd1df58e5277fc680683520682c365c40b5aafb915ce3d7f7"
  },
  upstream: {
    serverUrl: "https://eu.zoo.example/v1",
    organizationHeader: "X-Zoo",
    apiCredentials: null,
    login: {
      kind: 'password',
      operation: {
        "id": "signIn",
        "method": "POST",
        "path": "/sessions",
        "template": "/sessions",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": "application/json"
      },
      send: defineRequest<paths>()((upstream, username: string, password: string) =>
        upstream.POST("/sessions", {
          body: {
            login: {
              name: username,
              password: password,
            },
          },
        }),
      ),
      token: "/token",
      refresh: {
        operation: {
          "id": "POST /sessions/renewal",
          "method": "POST",
          "path": "/sessions/renewal",
          "template": "/sessions/renewal",
          "query": "",
          "server": null,
          "accept": "application/json",
          "parameters": [],
          "body": "application/json"
        },
        send: defineRequest<paths>()((upstream, refreshToken: string) =>
          upstream.POST("/sessions/renewal", {
            body: {
              renewal: {
                token: refreshToken,
              },
            },
          }),
        ),
        token: "/token",
        refreshToken: "/renewal/token",
      },
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
        "id": "listZoos",
        "method": "GET",
        "path": "/zoos",
        "template": "/zoos",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": null
      },
      send: defineRequest<paths>()((upstream) =>
        upstream.GET("/zoos", {}),
      ),
      items: "",
      id: "/id",
      name: "/name",
      role: "/role",
      plan: null,
      baseCurrency: null,
      timeZone: null,
      approvers: [
        "director"
      ],
    },
  },
  namespaces: [
    {
      "name": "animals",
      "title": "Animals",
      "description": "Who lives here."
    }
  ],
  tools: [
    animals_get,
    animals_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 248
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
