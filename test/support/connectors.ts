import { loadConnector, loadPublished, type Published } from '../../server/connector.ts'
import { createLog } from '../../server/log.ts'
import type { Connector, Login, ServiceLogin, Tool } from '../../server/mcp/tool.ts'
import { startConnector } from '../../server/start.ts'
import { readTestConfig, TEST_SECRET_KEY, type TestConnector } from './flowtly.ts'

/** The shipped connector, with another way to sign in. */
export function withLogin(connector: Connector, login: Login | ServiceLogin): Connector {
  const { upstream } = connector
  if (login.kind === 'service') {
    const nobody = { apiCredentials: null, profile: null, organizations: null }
    return { ...connector, upstream: { ...upstream, ...nobody, login } }
  }
  if (upstream.profile === null) throw new Error('the connector knows no members')
  return { ...connector, upstream: { ...upstream, login } }
}

/** Sign-in at an identity provider, as the allow-list would say it. */
export function oidcLogin(
  issuer: string,
  options: { readonly scopes?: readonly string[]; readonly resource?: string } = {},
): Extract<Login, { kind: 'oidc' }> {
  const { scopes = ['openid', 'profile', 'email', 'offline_access'], resource = null } = options
  return { kind: 'oidc', issuer, scopes, resource }
}

/** The shipped connector, with one of its tools changed. */
export function withTool(
  connector: Connector,
  name: string,
  change: (tool: Tool) => Partial<Tool>,
): Connector {
  const tools = connector.tools.map((tool) =>
    tool.name === name ? { ...tool, ...change(tool) } : tool,
  )
  return { ...connector, tools }
}

/**
 * Starts the real server for the shipped connector with another way to sign in.
 *
 * @param env variables beside the port and the database, for example `OIDC_CLIENT_ID`
 */
export function startWithLogin(
  login: Login | ServiceLogin,
  upstreamUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TestConnector> {
  return startChanged((connector) => withLogin(connector, login), upstreamUrl, env)
}

/** The shipped connector, with its tools found by a search instead of listed. */
export function asSearched(connector: Connector): Connector {
  return { ...connector, catalogue: { ...connector.catalogue, mode: 'search' } }
}

/**
 * Starts the real server for what is made of the shipped connector.
 *
 * @param env variables beside the port and the database
 * @param pollMs how often it looks whether a switch has changed
 */
export async function startChanged(
  change: (connector: Connector) => Connector,
  upstreamUrl: string,
  env: Readonly<Record<string, string>> = {},
  pollMs?: number,
): Promise<TestConnector> {
  const log: string[] = []
  const { connector, document } = await loadConnector('flowtly')
  const changed = change(connector)
  const { publicUrl, port, close } = await startConnector({
    config: readTestConfig(env),
    secretKey: TEST_SECRET_KEY,
    connector: changed,
    document,
    published: publish(changed, await loadPublished('flowtly')),
    upstreamUrl: new URL(upstreamUrl),
    ...(pollMs !== undefined && { pollMs }),
    log: createLog({ level: 'trace', destination: { write: (line) => void log.push(line) } }),
  })
  return { url: publicUrl.origin, port, log, close, [Symbol.asyncDispose]: close }
}

/** What the generator would have published of the changed tools. */
function publish({ tools }: Connector, published: Published): Published {
  const isPublic = (name: string) => tools.some((tool) => tool.name === name && tool.public)
  const namespaces = published.docs.namespaces.map((namespace) => ({
    ...namespace,
    tools: namespace.tools.map((tool) => ({ ...tool, public: isPublic(tool.name) })),
  }))
  return { ...published, docs: { ...published.docs, namespaces } }
}
