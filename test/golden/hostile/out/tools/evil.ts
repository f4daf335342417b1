// a"b'c`d* /e${f}g</script>h i j\k l: a"b'c`d* /e${f}g</script>h i j\k l.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { z } from 'zod'
import { defined, defineTool } from '#server/mcp/tool.ts'
import type { paths } from '../upstream.d.ts'

export const evil_run = defineTool<paths>()({
  name: "evil.run",
  title: "a\"b'c`d*/e${f}g</script>h i j\\k l",
  description: "a\"b'c`d*/e${f}g h i j\\k l.",
  instructions: "a\"b'c`d*/e${f}g</script>h\ni\nj\\k\nl",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
    "method": "GET",
    "path": "/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}",
    "template": "/evil/a%22b'c%60d*%7Ce$(f)g%3C%7Cscript%3Eh%E2%80%A8i%E2%80%A9j%5Ck%0Al/{id}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "id",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "choice",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "object",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "pattern",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "data",
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
      "id": {
        "type": "string",
        "format": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        "title": "a\"b'c`d*/e${f}g</script>h i j\\k l",
        "description": "a\"b'c`d*/e${f}g h i j\\k l",
        "minLength": 1
      },
      "a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l": {
        "type": "string",
        "default": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        "description": "a\"b'c`d*/e${f}g h i j\\k l. Sent as the query parameter \"a\\\"b'c`d*/e${f}g</script>h i j\\\\k l\".",
        "examples": [
          "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"
        ]
      },
      "object": {
        "type": "object",
        "required": [
          "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"
        ],
        "properties": {},
        "description": "It also takes \"a\\\"b'c`d*/e${f}g</script>h i j\\\\k l\" (string, required)."
      },
      "pattern": {
        "type": "string"
      },
      "data": {
        "type": "string",
        "enum": [
          "$ref"
        ]
      }
    },
    "required": [
      "id"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": "/list",
    "columns": [
      "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"
    ],
    "paging": null,
    "filters": [
      "a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l",
      "object",
      "pattern",
      "data"
    ]
  },
  input: () => z.strictObject({
    id: z.string().min(1),
    a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l: z.string().default("a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"),
    object: z.record(z.string(), z.unknown()).refine((value) => Object.hasOwn(value, "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"), "must have \"a\\\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\\\k\\nl\"").optional(),
    pattern: z.string().optional(),
    data: z.enum([
      "$ref"
    ]).optional(),
  }),
  call: (upstream, args) => upstream.GET("/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}", {
    params: {
      path: {
        id: args.id,
      },
      query: defined<NonNullable<paths["/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}"]["get"]["parameters"]["query"]>>({
        "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl": args.a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l,
        choice: "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        object: args.object,
        pattern: args.pattern,
        data: args.data,
      }),
    },
  }),
})

export const evil_told = defineTool<paths>()({
  name: "evil.told",
  title: "a\"b'c`d*/e${f}g h i j\\k l",
  description: "a\"b'c`d*/e${f}g</script>h\ni\nj\\k\nl",
  instructions: "Returns one record. Narrow it with a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l, choice, object, pattern and data.",
  public: false,
  pinned: false,
  offer: "tool",
  uri: null,
  operation: {
    "id": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
    "method": "GET",
    "path": "/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}",
    "template": "/evil/a%22b'c%60d*%7Ce$(f)g%3C%7Cscript%3Eh%E2%80%A8i%E2%80%A9j%5Ck%0Al/{id}",
    "query": "",
    "server": null,
    "accept": "application/json",
    "parameters": [
      {
        "name": "id",
        "in": "path",
        "style": "simple",
        "explode": false,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "choice",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "object",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "pattern",
        "in": "query",
        "style": "form",
        "explode": true,
        "allowReserved": false,
        "content": null
      },
      {
        "name": "data",
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
      "id": {
        "type": "string",
        "format": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        "title": "a\"b'c`d*/e${f}g</script>h i j\\k l",
        "description": "a\"b'c`d*/e${f}g h i j\\k l",
        "minLength": 1
      },
      "a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l": {
        "type": "string",
        "default": "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
        "description": "a\"b'c`d*/e${f}g h i j\\k l. Sent as the query parameter \"a\\\"b'c`d*/e${f}g</script>h i j\\\\k l\".",
        "examples": [
          "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"
        ]
      },
      "choice": {
        "type": "string",
        "title": "a\"b'c`d*/e${f}g</script>h i j\\k l",
        "description": "a\"b'c`d*/e${f}g h i j\\k l",
        "enum": [
          "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
          "`${process.exit()}`",
          "*/ process.exit() /*"
        ]
      },
      "object": {
        "type": "object",
        "required": [
          "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"
        ],
        "properties": {},
        "description": "It also takes \"a\\\"b'c`d*/e${f}g</script>h i j\\\\k l\" (string, required)."
      },
      "pattern": {
        "type": "string"
      },
      "data": {
        "type": "string",
        "enum": [
          "$ref"
        ]
      }
    },
    "required": [
      "id"
    ],
    "additionalProperties": false
  },
  outputSchema: null,
  answer: {
    "items": null,
    "columns": null,
    "paging": null,
    "filters": [
      "a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l",
      "choice",
      "object",
      "pattern",
      "data"
    ]
  },
  input: () => z.strictObject({
    id: z.string().min(1),
    a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l: z.string().optional(),
    choice: z.enum([
      "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl",
      "`${process.exit()}`",
      "*/ process.exit() /*"
    ]).optional(),
    object: z.record(z.string(), z.unknown()).refine((value) => Object.hasOwn(value, "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"), "must have \"a\\\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\\\k\\nl\"").optional(),
    pattern: z.string().optional(),
    data: z.enum([
      "$ref"
    ]).optional(),
  }),
  call: (upstream, args) => upstream.GET("/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}", {
    params: {
      path: {
        id: args.id,
      },
      query: defined<NonNullable<paths["/evil/a\"b'c`d*|e$(f)g<|script>h\u2028i\u2029j\\k\nl/{id}"]["get"]["parameters"]["query"]>>({
        "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl": args.a_b_c_d_e_f_g_lt_script_gt_h_i_j_k_l,
        choice: args.choice,
        object: args.object,
        pattern: args.pattern,
        data: args.data,
      }),
    },
  }),
})
