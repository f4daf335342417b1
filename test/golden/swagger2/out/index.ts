// Parcels: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import type { Connector } from '#server/mcp/tool.ts'
import { depots_label, depots_parcels } from './tools/depots.ts'

export const connector = {
  name: "parcels",
  title: "Parcels",
  instructions: null,
  document: {
    "title": "Parcels",
    "version": "1",
    "sha256": "075dea0c9db653ebe6e26315263d659e72a9815ff436cec373a518791b36d17c"
  },
  upstream: {
    serverUrl: "https://api.parcels.example/v2",
    organizationHeader: null,
    apiCredentials: null,
    login: {
      kind: 'service',
      organization: {
        "id": "main",
        "name": "Parcels"
      },
      credential: {
        "in": "header",
        "name": "X-Parcel-Key",
        "scheme": null
      },
      access: null,
    },
    profile: null,
    organizations: null,
  },
  namespaces: [
    {
      "name": "depots",
      "title": "Depots",
      "description": "Depots and what lies in them."
    }
  ],
  tools: [
    depots_label,
    depots_parcels,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 326
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
