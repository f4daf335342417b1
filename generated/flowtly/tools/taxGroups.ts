// Flowtly: Tax groups.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool, format } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const taxGroups_list = defineTool<paths>()({
  name: "taxGroups.list",
  title: "List tax groups",
  description: "List tax groups. Lists the VAT and sales tax rates that invoice lines refer to, by country and rate.",
  instructions: "Gives all rates at once; name a country, and a day with activeOn, to narrow them.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listTaxGroups",
    "method": "GET",
    "path": "/tax-groups",
    "template": "/tax-groups",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "country",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "activeOn",
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
      "country": {
        "type": "string",
        "pattern": "^[A-Z]{2}$",
        "description": "Only rates of this country.",
        "examples": [
          "PL"
        ]
      },
      "activeOn": {
        "type": "string",
        "format": "date",
        "description": "Only rates in force on this day.",
        "examples": [
          "2026-11-20"
        ]
      }
    },
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/data",
    "columns": [
      "id",
      "name",
      "country",
      "kind",
      "rate",
      "validFrom",
      "validTo"
    ],
    "paging": null,
    "filters": [
      "country",
      "activeOn"
    ]
  },
  input: () => z.strictObject({
    country: z.string().regex(new RegExp("^[A-Z]{2}$", 'u')).optional(),
    activeOn: z.string().check(format("date")).optional(),
  }),
  call: (upstream, args) => upstream.GET("/tax-groups", {
    params: {
      query: defined<NonNullable<paths["/tax-groups"]["get"]["parameters"]["query"]>>({
        country: args.country,
        activeOn: args.activeOn,
      }),
    },
  }),
})
