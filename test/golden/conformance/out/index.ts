// Test: the connector.
// Written by "npm run generate" from the document and the allow-list; change those instead.

import { defineRequest, type Connector } from '#server/mcp/tool.ts'
import { test_audioContent, test_embeddedResource, test_errorHandling, test_exampleResource, test_imageContent, test_simpleText, test_staticBinary, test_staticText, test_template } from './tools/test.ts'
import type { paths } from './upstream.d.ts'

export const connector = {
  name: "test",
  title: "Test",
  instructions: null,
  document: {
    "title": "Test",
    "version": "1",
    "sha256": "6f084a9ab976f0cb50ec7a05e7afea7a5e34abcd773585faa3b9f6de2f580c3b"
  },
  upstream: {
    serverUrl: null,
    organizationHeader: null,
    apiCredentials: {
      "key": "X-Api-Key",
      "secret": "X-Api-Secret",
      "email": "X-User-Email"
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
        "id": "listMyOrganizations",
        "method": "GET",
        "path": "/me/organizations",
        "template": "/me/organizations",
        "query": "",
        "server": null,
        "accept": "application/json",
        "parameters": [],
        "body": null
      },
      send: defineRequest<paths>()((upstream) =>
        upstream.GET("/me/organizations", {}),
      ),
      items: "/data",
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
      "name": "test",
      "title": "Test",
      "description": "What the suite calls and reads."
    }
  ],
  tools: [
    test_audioContent,
    test_embeddedResource,
    test_errorHandling,
    test_exampleResource,
    test_imageContent,
    test_simpleText,
    test_staticBinary,
    test_staticText,
    test_template,
  ],
  catalogue: {
    "mode": "auto",
    "tokens": 238
  },
  resources: {
    "allowPrefixes": [
      "test://static-text",
      "test://static-binary",
      "test://example-resource",
      "test://template/"
    ],
    "indexes": [],
    "lists": [],
    "references": []
  },
  intents: [],
  prompts: [
    {
      "name": "test_prompt_with_arguments",
      "title": "Prompt with arguments",
      "description": "A prompt that says what it was given.",
      "arguments": [
        {
          "name": "arg1",
          "description": "First test argument.",
          "required": true,
          "values": [
            "testValue1",
            "hello",
            "paris",
            "park",
            "party"
          ]
        },
        {
          "name": "arg2",
          "description": "Second test argument.",
          "required": true,
          "values": null
        }
      ],
      "text": "Prompt with arguments: arg1='{arg1}', arg2='{arg2}'",
      "attach": []
    },
    {
      "name": "test_prompt_with_embedded_resource",
      "title": "Prompt with a resource",
      "description": "A prompt that embeds what is at a URI.",
      "arguments": [
        {
          "name": "resourceUri",
          "description": "URI of the resource to embed.",
          "required": true,
          "values": null
        }
      ],
      "text": "Please process the embedded resource above.",
      "attach": [
        "{+resourceUri}"
      ]
    },
    {
      "name": "test_prompt_with_image",
      "title": "Prompt with a picture",
      "description": "A prompt that shows a picture.",
      "arguments": [],
      "text": "Please analyze the image above.",
      "attach": [
        "test://static-binary"
      ]
    },
    {
      "name": "test_simple_prompt",
      "title": "Simple prompt",
      "description": "A prompt without arguments.",
      "arguments": [],
      "text": "This is a simple prompt for testing.",
      "attach": []
    }
  ],
  research: [],
} satisfies Connector
