// Garage: Cars.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const cars_get = defineTool<paths>()({
  name: "cars.get",
  title: "Get cars",
  description: "Get cars.",
  instructions: "Use it for one car by its carId. Returns one record.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: "garage://cars/{carId}",
  operation: {
    "id": "getCar",
    "method": "GET",
    "path": "/cars/{carId}",
    "template": "/cars/{carId}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "carId",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "carId": {
        "type": "integer"
      }
    },
    "required": [
      "carId"
    ],
    "additionalProperties": false
  },
  outputSchema: {
    "type": "object",
    "properties": {
      "id": {
        "type": [
          "number",
          "string",
          "null"
        ]
      },
      "plate": {
        "type": [
          "string",
          "number",
          "null"
        ]
      },
      "owner": {
        "type": [
          "object",
          "null"
        ],
        "properties": {
          "id": {
            "type": [
              "string",
              "number",
              "null"
            ]
          },
          "name": {
            "type": [
              "string",
              "number",
              "null"
            ]
          }
        }
      },
      "_truncated": {
        "type": "object"
      }
    }
  },
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    carId: z.int(),
  }),
  call: (upstream, args) => upstream.GET("/cars/{carId}", {
    params: {
      path: {
        carId: args.carId,
      },
    },
  }),
})

export const cars_list = defineTool<paths>()({
  name: "cars.list",
  title: "List cars",
  description: "List cars.",
  instructions: "Use it to find cars. Returns a list of cars with id, plate and owner.name. Narrow it with q.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listCars",
    "method": "GET",
    "path": "/cars",
    "template": "/cars",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "q",
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
      "q": {
        "type": "string"
      }
    },
    "additionalProperties": false
  },
  outputSchema: {
    "type": "object",
    "properties": {
      "data": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": [
            "object",
            "null"
          ],
          "properties": {
            "id": {
              "type": [
                "number",
                "string",
                "null"
              ]
            },
            "plate": {
              "type": [
                "string",
                "number",
                "null"
              ]
            },
            "owner": {
              "type": [
                "object",
                "null"
              ],
              "properties": {
                "name": {
                  "type": [
                    "string",
                    "number",
                    "null"
                  ]
                }
              }
            },
            "_uri": {
              "type": [
                "string",
                "null"
              ]
            }
          }
        }
      },
      "_truncated": {
        "type": "object"
      }
    }
  },
  answer: {
    "items": "/data",
    "columns": [
      "id",
      "plate",
      "owner.name"
    ],
    "paging": null,
    "filters": [
      "q"
    ]
  },
  input: () => z.strictObject({
    q: z.string().optional(),
  }),
  call: (upstream, args) => upstream.GET("/cars", {
    params: {
      query: defined<NonNullable<paths["/cars"]["get"]["parameters"]["query"]>>({
        q: args.q,
      }),
    },
  }),
})

export const cars_photo = defineTool<paths>()({
  name: "cars.photo",
  title: "Photo cars",
  description: "Photo cars.",
  instructions: "Returns an image.",
  public: false,
  pinned: false,
  offer: "resource",
  uri: "garage://photos/{carId}/large",
  operation: {
    "id": "getCarPhoto",
    "method": "GET",
    "path": "/cars/{carId}/photo",
    "template": "/cars/{carId}/photo",
    "query": "",
    "server": null,
    "accept": "image/png",
    "parameters": [
      {
        "name": "carId",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "carId": {
        "type": "integer"
      }
    },
    "required": [
      "carId"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    carId: z.int(),
  }),
  call: (upstream, args) => upstream.GET("/cars/{carId}/photo", {
    params: {
      path: {
        carId: args.carId,
      },
    },
  }),
})

export const cars_repairs = defineTool<paths>()({
  name: "cars.repairs",
  title: "Repairs cars",
  description: "Repairs cars.",
  instructions: "Use it to find repairs of one car. Returns a list of repairs.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "listRepairs",
    "method": "GET",
    "path": "/cars/{carId}/repairs",
    "template": "/cars/{carId}/repairs",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "carId",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      }
    ],
    "body": null
  },
  inputSchema: {
    "type": "object",
    "properties": {
      "carId": {
        "type": "integer"
      }
    },
    "required": [
      "carId"
    ],
    "additionalProperties": false
  },
  outputSchema: {
    "type": "object",
    "properties": {
      "items": {
        "type": [
          "array",
          "null"
        ],
        "items": {
          "type": [
            "object",
            "null"
          ],
          "properties": {
            "id": {
              "type": [
                "number",
                "string",
                "null"
              ]
            },
            "car": {
              "type": [
                "object",
                "null"
              ],
              "properties": {
                "id": {
                  "type": [
                    "number",
                    "string",
                    "null"
                  ]
                },
                "_uri": {
                  "type": [
                    "string",
                    "null"
                  ]
                }
              }
            },
            "owner": {
              "type": [
                "object",
                "null"
              ],
              "properties": {
                "id": {
                  "type": [
                    "string",
                    "number",
                    "null"
                  ]
                },
                "name": {
                  "type": [
                    "string",
                    "number",
                    "null"
                  ]
                },
                "_uri": {
                  "type": [
                    "string",
                    "null"
                  ]
                }
              }
            },
            "owners": {
              "type": [
                "array",
                "null"
              ],
              "items": {
                "type": [
                  "object",
                  "null"
                ],
                "properties": {
                  "id": {
                    "type": [
                      "string",
                      "number",
                      "null"
                    ]
                  },
                  "name": {
                    "type": [
                      "string",
                      "number",
                      "null"
                    ]
                  }
                }
              }
            }
          }
        }
      },
      "_truncated": {
        "type": "object"
      }
    }
  },
  answer: {
    "items": "",
    "columns": null,
    "paging": null,
    "filters": []
  },
  input: () => z.strictObject({
    carId: z.int(),
  }),
  call: (upstream, args) => upstream.GET("/cars/{carId}/repairs", {
    params: {
      path: {
        carId: args.carId,
      },
    },
  }),
})
