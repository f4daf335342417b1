// Weather: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import type { Connector } from '#server/mcp/tool.ts'
import { stations_list } from './tools/stations.ts'

export const connector = {
  name: "weather",
  title: "Weather",
  instructions: null,
  document: {
    "title": "Weather",
    "version": "1",
    "sha256": "485242ab4f474ba31cb76bb7c8b4381e573d76c2887d90e12704c08fca1a9a0f"
  },
  upstream: {
    serverUrl: "https://weather.example/v1",
    organizationHeader: null,
    apiCredentials: null,
    login: {
      kind: 'service',
      organization: {
        "id": "main",
        "name": "Acme"
      },
      credential: {
        "in": "query",
        "name": "api_key"
      },
      access: {
        "issuer": "https://id.acme.example",
        "scopes": [
          "openid",
          "profile",
          "email",
          "offline_access"
        ],
        "domain": "acme.example",
        "claim": {
          "name": "groups",
          "values": [
            "weather"
          ]
        }
      },
    },
    profile: null,
    organizations: null,
  },
  namespaces: [
    {
      "name": "stations",
      "title": "Stations",
      "description": "Weather stations."
    }
  ],
  tools: [
    stations_list,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 61
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
