// Weather: Stations.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const stations_list = defineTool<paths>()({
  name: "stations.list",
  title: "List stations",
  description: "List stations.",
  instructions: "Use it to find stations. Returns a list of stations. Narrow it with region.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listStations",
    "method": "GET",
    "path": "/stations",
    "template": "/stations",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "region",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "region": {
        "type": "string"
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": [
      "region"
    ]
  },
  input: () => z.strictObject({
    region: z.string().optional(),
  }),
  call: (upstream, args) => upstream.GET("/stations", {
    params: {
      query: defined<NonNullable<paths["/stations"]["get"]["parameters"]["query"]>>({
        region: args.region,
      }),
    },
  }),
})
