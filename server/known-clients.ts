import type { ClientType } from './store/clients.ts'

/** The types that a client can be registered as. */
export const CLIENT_TYPES = [
  'claude',
  'chatgpt',
  'claude-code',
  'other',
] as const satisfies readonly ClientType[]

/** A program that is known to connect, as its makers document it. */
type KnownClient = {
  /** What people know it by. */
  readonly name: string
  readonly type: ClientType
  /** Hosts of its redirect URIs, or private-use schemes, written as `cursor://`. */
  readonly redirects: readonly string[]
  /** Its own redirect URIs, for a client that the operator registers. */
  readonly redirectUris: readonly string[]
  /** Where its pages call connectors from. */
  readonly origins: readonly string[]
  /** It refuses, drops or rewrites a tool with a dot in its name. */
  readonly needsUnderscores: boolean
}

/** A kind of program, with the redirect URIs that its makers document. */
export type ClientKind = Pick<KnownClient, 'name' | 'redirectUris'>

const EDITOR = {
  name: 'an editor',
  type: 'other',
  redirectUris: [],
  origins: [],
  needsUnderscores: true,
} as const satisfies Partial<KnownClient>

const KNOWN_CLIENTS: readonly KnownClient[] = [
  {
    name: 'Claude',
    type: 'claude',
    redirects: ['claude.ai', 'claude.com', 'claude://'],
    redirectUris: [
      'https://claude.ai/api/mcp/auth_callback',
      'https://claude.com/api/mcp/auth_callback',
    ],
    origins: ['https://claude.ai', 'https://claude.com', 'https://api.anthropic.com'],
    needsUnderscores: true,
  },
  {
    name: 'ChatGPT',
    type: 'chatgpt',
    redirects: ['chatgpt.com', 'chat.openai.com', 'platform.openai.com'],
    redirectUris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
    origins: ['https://chatgpt.com'],
    needsUnderscores: true,
  },
  {
    name: 'Claude Code',
    type: 'claude-code',
    // Loopback is everybody's: nothing is known by it.
    redirects: [],
    // On any port (RFC 8252, section 7.3).
    redirectUris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
    origins: [],
    needsUnderscores: false,
  },
  { ...EDITOR, redirects: ['cursor://'] },
  {
    ...EDITOR,
    redirects: [
      'vscode.dev',
      'insiders.vscode.dev',
      'vscode://',
      'vscode-insiders://',
      'vscodium://',
      'code-oss://',
    ],
  },
  { ...EDITOR, redirects: ['windsurf://', 'windsurf-next://'] },
  { ...EDITOR, redirects: ['goose://', 'jetbrains://', 'kiro://', 'lmstudio://', 'raycast://'] },
  { ...EDITOR, redirects: ['trae://', 'warp://', 'zed://'] },
]

/** Origins of the pages of hosted clients. */
export const KNOWN_ORIGINS: readonly string[] = KNOWN_CLIENTS.flatMap(({ origins }) => origins)

/**
 * Where a redirect URI leads, for people and for decisions: the host of an http(s) URI, the scheme
 * of any other, for example `cursor://`.
 */
export function redirectHostOf(uri: string): string {
  const url = URL.parse(uri)
  if (url === null) return ''
  return /^https?:$/.test(url.protocol) ? url.hostname : `${url.protocol}//`
}

/** Tells what kind of program registers, by where it wants its users sent back to. */
export function clientTypeOf(redirectUris: readonly string[]): ClientType {
  const known = redirectUris.map((uri) => findByRedirect(redirectHostOf(uri)))
  return known.find((client) => client !== undefined)?.type ?? 'other'
}

/** The redirect URIs that a type of client documents; none for `other`. */
export function redirectUrisOf(type: ClientType): readonly string[] {
  return KNOWN_CLIENTS.find((client) => client.type === type)?.redirectUris ?? []
}

/** The programs that an operator or an administrator can register, by the names of their makers. */
export function listClientKinds(): readonly ClientKind[] {
  const named = KNOWN_CLIENTS.filter(({ redirectUris }) => redirectUris.length > 0)
  return named.map(({ name, redirectUris }) => ({ name, redirectUris }))
}

/** Whether a client wants tool names without a dot; one that nothing is known about does not. */
export function needsUnderscores(redirectHost: string): boolean {
  return findByRedirect(redirectHost)?.needsUnderscores ?? false
}

/**
 * Answers whether a private-use scheme is a client's: of a known program, or a reversed domain name
 * as RFC 8252, section 7.1 asks of every other.
 *
 * @param protocol with its colon, as `URL` has it
 */
export function isPrivateUseScheme(protocol: string): boolean {
  return protocol.includes('.') || findByRedirect(`${protocol}//`) !== undefined
}

function findByRedirect(redirectHost: string): KnownClient | undefined {
  return KNOWN_CLIENTS.find(({ redirects }) => redirects.includes(redirectHost))
}
