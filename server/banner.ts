import type { ApiCredentialHeaders } from './mcp/tool.ts'

/** What a first start shows: where the connector is and how to call it. */
export type BannerFacts = {
  readonly title: string
  /** The connector's short name, for the client's list of servers. */
  readonly name: string
  readonly publicUrl: URL
  /** People can sign in. */
  readonly hasConsole: boolean
  readonly upstreamUrl: URL
  /** The demo upstream's public test access; `null` with an upstream of one's own. */
  readonly demo: DemoAccess | null
  readonly headers: ApiCredentialHeaders | null
}

/** The fixed access to the demo upstream: as public as the README, not a secret. */
export type DemoAccess = {
  readonly password: string
  readonly emails: Readonly<Record<string, string>>
  readonly credentials: Readonly<
    Record<string, { readonly organization: string; readonly key: string; readonly secret: string }>
  >
}

/** Renders the lines that `npm start` prints. */
export function renderBanner(facts: BannerFacts): string {
  const mcpUrl = new URL('/mcp', facts.publicUrl).href
  return [
    '',
    `${facts.title} connector`,
    `  MCP       ${mcpUrl}`,
    `  docs      ${new URL('/', facts.publicUrl).href}`,
    ...(facts.hasConsole ? [`  console   ${new URL('/console', facts.publicUrl).href}`] : []),
    `  health    ${new URL('/health', facts.publicUrl).href}`,
    `  upstream  ${facts.upstreamUrl.href}${facts.demo === null ? '' : ' (demo)'}`,
    ...(facts.demo === null ? [] : renderDemo(facts, facts.demo, mcpUrl)),
    '',
  ].join('\n')
}

function renderDemo(facts: BannerFacts, demo: DemoAccess, mcpUrl: string): readonly string[] {
  const emails = Object.values(demo.emails)
  const credentials = Object.values(demo.credentials)
  return [
    '',
    `Demo sign-ins, all with the password ${demo.password}:`,
    ...emails.map((email) => `  ${email}`),
    '',
    'Demo API credentials, each with the e-mail address of a member of its organization:',
    ...credentials.map(({ organization, key, secret }) => `  ${organization}: ${key} / ${secret}`),
    ...credentials.slice(0, 1).flatMap((each) => renderClaudeCode(facts, mcpUrl, each, emails[0])),
  ]
}

function renderClaudeCode(
  { name, headers }: BannerFacts,
  mcpUrl: string,
  { key, secret }: { readonly key: string; readonly secret: string },
  email: string | undefined,
): readonly string[] {
  if (headers === null || email === undefined) return []
  const command = `  claude mcp add --transport http ${name} ${mcpUrl}`
  return [
    '',
    'Connect Claude Code, and sign in with /mcp:',
    command,
    '',
    'The same without signing in:',
    `${command} \\`,
    `    --header "${headers.key}: ${key}" \\`,
    `    --header "${headers.secret}: ${secret}" \\`,
    `    --header "${headers.email}: ${email}"`,
  ]
}
