import {
  CHATGPT_PLUGINS_LINK,
  toClaudeCodeCommand,
  toClaudeLink,
  toCursorLink,
  toVscodeLink,
  toVscodeServer,
  type ConnectFacts,
} from '../../../site/connect-links.ts'
import { isLoopbackHost } from '../../loopback.ts'

/** How one client is connected, as the page shows it. */
export type WayToConnect = {
  /** Of the element that is copied. */
  readonly id: string
  readonly client: string
  readonly steps: readonly string[]
  /** What is copied: the address, a command or a setting. */
  readonly value: string
  readonly valueLabel: string
  /** Opens the client where it can be opened with what it needs; empty where it cannot. */
  readonly links: readonly { readonly href: string; readonly label: string }[]
}

/** What to do in each client, in short; the documentation has every step. */
export function listWaysToConnect(facts: ConnectFacts): readonly WayToConnect[] {
  return [claude(facts), chatgpt(facts), claudeCode(facts), cursor(facts), vsCode(facts)]
}

/** What a person has to know of an address that not every client can reach; empty where all can. */
export function describeReach(url: string): readonly string[] {
  const { protocol, hostname } = new URL(url)
  if (isLoopbackHost(hostname)) {
    return [
      'This address works on this machine only. Claude and ChatGPT connect from their own servers and need one that the internet can reach by https.',
    ]
  }
  if (protocol !== 'https:') {
    return ['This address does not begin with https: most clients refuse it.']
  }
  return []
}

function claude(facts: ConnectFacts): WayToConnect {
  return {
    id: 'way-claude',
    client: 'Claude',
    steps: [
      'Open Claude with the form filled in, or go to Customize, Connectors, press +, and choose “Add custom connector”.',
      'Press “Add”, then “Connect”, sign in, and allow the connection.',
    ],
    value: facts.mcpUrl,
    valueLabel: 'Address',
    links: [{ href: toClaudeLink(facts), label: 'Open in Claude' }],
  }
}

function chatgpt({ mcpUrl }: ConnectFacts): WayToConnect {
  return {
    id: 'way-chatgpt',
    client: 'ChatGPT',
    steps: [
      'Open Plugins in ChatGPT, press +, and choose “Add custom MCP server”.',
      'Paste the address, choose OAuth, create it, sign in, and allow the connection.',
    ],
    value: mcpUrl,
    valueLabel: 'Address',
    links: [{ href: CHATGPT_PLUGINS_LINK, label: 'Open Plugins in ChatGPT' }],
  }
}

function claudeCode(facts: ConnectFacts): WayToConnect {
  return {
    id: 'way-claude-code',
    client: 'Claude Code',
    steps: [
      'Run the command in a terminal.',
      `Type /mcp in Claude Code, choose ${facts.name}, and sign in.`,
    ],
    value: toClaudeCodeCommand(facts),
    valueLabel: 'Command',
    links: [],
  }
}

function cursor(facts: ConnectFacts): WayToConnect {
  const { name, mcpUrl } = facts
  return {
    id: 'way-cursor',
    client: 'Cursor',
    steps: [
      'Add it with the button, or write the setting into ~/.cursor/mcp.json.',
      'Sign in when Cursor asks for it, and allow the connection.',
    ],
    value: JSON.stringify({ mcpServers: { [name]: { url: mcpUrl } } }),
    valueLabel: 'Setting',
    links: [{ href: toCursorLink(facts), label: 'Add to Cursor' }],
  }
}

function vsCode(facts: ConnectFacts): WayToConnect {
  const server = JSON.stringify({ name: facts.name, ...toVscodeServer(facts) })
  return {
    id: 'way-vs-code',
    client: 'VS Code',
    steps: [
      'Add it with the button, or run the command in a terminal.',
      'Sign in when VS Code asks for it, and allow the connection.',
    ],
    value: `code --add-mcp '${server}'`,
    valueLabel: 'Command',
    links: [{ href: toVscodeLink(facts), label: 'Add to VS Code' }],
  }
}
