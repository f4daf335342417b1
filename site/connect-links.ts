/** What a client has to know to use a connector. */
export type ConnectFacts = {
  /** The connector's short name, which becomes a key in configuration files. */
  readonly name: string
  readonly title: string
  readonly mcpUrl: string
}

/** Opens Claude on the web with the form for a custom connector filled in. */
export function toClaudeLink({ title, mcpUrl }: ConnectFacts): string {
  const link = new URL('https://claude.ai/customize/connectors')
  link.searchParams.set('modal', 'add-custom-connector')
  link.searchParams.set('connectorName', title)
  link.searchParams.set('connectorUrl', mcpUrl)
  return link.href
}

/** Where people add a server in ChatGPT, which has no link that fills its form in. */
export const CHATGPT_PLUGINS_LINK = 'https://chatgpt.com/plugins'

/** Opens Cursor, which asks whether to install the server (cursor.com/docs/mcp/install-links). */
export function toCursorLink({ name, mcpUrl }: ConnectFacts): string {
  const config = Buffer.from(JSON.stringify({ url: mcpUrl })).toString('base64')
  const query = `name=${encodeURIComponent(name)}&config=${encodeURIComponent(config)}`
  return `cursor://anysphere.cursor-deeplink/mcp/install?${query}`
}

/** Opens VS Code, which asks whether to install the server. */
export function toVscodeLink(facts: ConnectFacts): string {
  const server = { name: facts.name, ...toVscodeServer(facts) }
  return `vscode:mcp/install?${encodeURIComponent(JSON.stringify(server))}`
}

/** The line that adds the server to Claude Code; what is behind its options comes last. */
export function toClaudeCodeCommand({ name, mcpUrl }: ConnectFacts): string {
  return `claude mcp add --transport http ${name} ${mcpUrl}`
}

/** What VS Code keeps about a server, under its name. */
export function toVscodeServer({ mcpUrl }: Pick<ConnectFacts, 'mcpUrl'>) {
  return { type: 'http', url: mcpUrl } as const
}
