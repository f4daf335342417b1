import { CLIENT_TYPES, redirectUrisOf } from '../../known-clients.ts'
import type { ClientType } from '../../store/clients.ts'

/** What people are told of a type of client. */
type TypeText = {
  readonly title: string
  readonly about: string
  /** Where what was made is entered. */
  readonly steps: string
  /** Programs on a person's own computer cannot keep a secret (RFC 8252, section 8.4). */
  readonly isPublic: boolean
}

const TEXTS: Readonly<Record<ClientType, TypeText>> = {
  claude: {
    title: 'Claude',
    about: 'Claude in the browser, on the desktop and on phones.',
    steps:
      'In Claude, go to Customize, then Connectors, press + and add a custom connector with the server URL. The client ID and the client secret belong under “Advanced settings”.',
    isPublic: false,
  },
  chatgpt: {
    title: 'ChatGPT',
    about: 'ChatGPT with connectors.',
    steps:
      'In ChatGPT, go to Plugins, press + and add a custom MCP server with the server URL. Choose “OAuth”, and enter the client ID and the client secret.',
    isPublic: false,
  },
  'claude-code': {
    title: 'Claude Code',
    about: 'The program for the terminal. It runs on its user’s own computer and has no secret.',
    steps:
      'In a terminal: “claude mcp add --transport http --client-id ID NAME URL”, with the client ID and the server URL from here.',
    isPublic: true,
  },
  other: {
    title: 'Another program',
    about: 'Any other program that speaks MCP. You need the addresses that it comes back to.',
    steps: 'Enter the server URL, the client ID and, where there is one, the client secret in it.',
    isPublic: false,
  },
}

/** One type, with what a form for it begins with. */
export function describeType(type: ClientType) {
  return { type, ...TEXTS[type], redirectUris: redirectUrisOf(type) }
}

/** All types, in the order in which they are offered. */
export function describeTypes() {
  return CLIENT_TYPES.map(describeType)
}

/** Reads a type; `null` for anything else. */
export function parseType(text: string | null): ClientType | null {
  return CLIENT_TYPES.find((type) => type === text) ?? null
}
