import { readConfig } from '../../server/config.ts'
import { loadConnector } from '../../server/connector.ts'
import { createLog } from '../../server/log.ts'
import type { Connector, Login } from '../../server/mcp/tool.ts'
import { startConnector } from '../../server/start.ts'
import { TEST_SECRET_KEY, type TestConnector } from './flowtly.ts'

/** The shipped connector, with another way to sign in. */
export function withLogin(connector: Connector, login: Login): Connector {
  return { ...connector, upstream: { ...connector.upstream, login } }
}

/** Sign-in at an identity provider, as the allow-list would say it. */
export function oidcLogin(
  issuer: string,
  options: { readonly scopes?: readonly string[]; readonly resource?: string } = {},
): Extract<Login, { kind: 'oidc' }> {
  const { scopes = ['openid', 'profile', 'email', 'offline_access'], resource = null } = options
  return { kind: 'oidc', issuer, scopes, resource }
}

/**
 * Starts the real server for the shipped connector with another way to sign in.
 *
 * @param env variables beside the port and the database, for example `OIDC_CLIENT_ID`
 */
export async function startWithLogin(
  login: Login,
  upstreamUrl: string,
  env: Readonly<Record<string, string>> = {},
): Promise<TestConnector> {
  const log: string[] = []
  const { connector, document } = await loadConnector('flowtly')
  const { publicUrl, port, close } = await startConnector({
    config: readConfig({ PORT: '0', DATABASE_URL: 'sqlite::memory:', ...env }),
    secretKey: TEST_SECRET_KEY,
    connector: withLogin(connector, login),
    document,
    upstreamUrl: new URL(upstreamUrl),
    log: createLog({ level: 'trace', destination: { write: (line) => void log.push(line) } }),
  })
  return { url: publicUrl.origin, port, log, close, [Symbol.asyncDispose]: close }
}
