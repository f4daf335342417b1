// a"b'c`d* /e${f}g</script>h i j\k l: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { evil_run, evil_told } from './tools/evil.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "hostile",
  title: "a\"b'c`d*/e${f}g</script>h i j\\k l",
  instructions: "a\"b'c`d*/e${f}g</script>h\ni\nj\\k\nl",
  document: {
    "title": "a\"b'c`d*/e${f}g</script>h i j\\k l",
    "version": "a\"b'c`d*/e${f}g</script>h i j\\k l",
    "sha256": "ecd800fd119b24780f91f66438427061b1fa581a15c9e6f991d4b007fa1997c9"
  },
  upstream: {
    serverUrl: "https://example.com/%22+evil()+%22",
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
        "a\"b'c`d*/e${f}g</script>h\u2028i\u2029j\\k\nl"
      ],
    },
  },
  namespaces: [
    {
      "name": "evil",
      "title": "a\"b'c`d*/e${f}g</script>h i j\\k l",
      "description": "a\"b'c`d*/e${f}g</script>h\ni\nj\\k\nl"
    }
  ],
  tools: [
    evil_run,
    evil_told,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 945
  },
  resources: null,
  intents: [],
  prompts: [],
  research: [],
} satisfies Connector
