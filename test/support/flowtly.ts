import { startDemo } from '../../demo/server.ts'
import { readConfig, type Config } from '../../server/config.ts'
import { loadConnector, loadPublished } from '../../server/connector.ts'
import { createLog } from '../../server/log.ts'
import type { OutboundOptions } from '../../server/oauth/client-documents.ts'
import { Secret } from '../../server/secret.ts'
import { startConnector } from '../../server/start.ts'

/** The same for every test server, so that two can share a database. */
export const TEST_SECRET_KEY = new Secret(Buffer.alloc(32, 7).toString('base64'))

/** Room for every test that is not about limits. */
export const NO_RATE_LIMIT = { RATE_LIMIT_PER_MINUTE: '1000000' } as const

/** The headers of the demo's API credentials for one member. */
export function credentials(
  email = 'owner@acme.example',
  organization = 'acme',
): Record<string, string> {
  return {
    'X-Api-Key': `${organization}-demo-key`,
    'X-Api-Secret': `${organization}-demo-secret`,
    'X-User-Email': email,
  }
}

/**
 * Reads the configuration of a server in this process: on a free port, with a database and an audit
 * spool in memory, where `env` names no others.
 */
export function readTestConfig(env: Readonly<Record<string, string>>): Config {
  const config = readConfig({
    ...{ PORT: '0', DATABASE_URL: 'sqlite::memory:' },
    ...NO_RATE_LIMIT,
    ...env,
  })
  const spool = env['AUDIT_SPOOL'] ?? null
  return { ...config, audit: { ...config.audit, spool } }
}

/** A connector of the shipped catalogue on a port of its own, with all it wrote to its log. */
export type TestConnector = {
  readonly url: string
  readonly port: number
  readonly log: readonly string[]
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Starts the real server in front of an upstream.
 *
 * @param env variables beside the port and the log level
 * @param outbound how client id metadata documents are reached
 * @param pollMs how often it looks whether a switch has changed
 */
export async function startFlowtly(
  upstreamUrl: string,
  env: Readonly<Record<string, string>> = {},
  outbound: OutboundOptions = {},
  pollMs?: number,
): Promise<TestConnector> {
  const log: string[] = []
  const { connector, document } = await loadConnector('flowtly')
  const running = await startConnector({
    config: readTestConfig(env),
    secretKey: TEST_SECRET_KEY,
    connector,
    document,
    published: await loadPublished('flowtly'),
    upstreamUrl: new URL(upstreamUrl),
    outbound,
    ...(pollMs !== undefined && { pollMs }),
    log: createLog({ level: 'trace', destination: { write: (line) => void log.push(line) } }),
  })
  const { publicUrl, port, close } = running
  return { url: publicUrl.origin, port, log, close, [Symbol.asyncDispose]: close }
}

/** The demo upstream with the connector before it. */
export async function startWithDemo(env: Readonly<Record<string, string>> = {}) {
  const demo = await startDemo({ port: 0 })
  const connector = await startFlowtly(demo.url, env)
  const close = async () => {
    await connector.close()
    await demo.close()
  }
  return { demo, connector, close, [Symbol.asyncDispose]: close }
}
