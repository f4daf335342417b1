import type { Logger } from 'pino'
import { renderBanner, type DemoAccess } from './banner.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { loadConnector } from './connector.ts'
import { loadQuietly } from './library-notices.ts'
import { createLog } from './log.ts'
import { readOrCreateSecretKey } from './secret-key.ts'
import type { Secret } from './secret.ts'
import { StoreError } from './store/store-error.ts'

const DEMO_CONNECTOR = 'flowtly'
/** Where the README looks for the demo upstream; another is taken if it is in use. */
const DEMO_PORT = 8788
const DEMO_KEY_FILE = './data/secret.key'

try {
  await main(readConfig(process.env))
} catch (error) {
  console.error(describe(error))
  process.exitCode = 2
}

async function main(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel })
  const { connector, document } = await loadConnector(config.connector)
  const upstream = await openUpstream(config, connector.upstream.serverUrl, log)
  const upstreamUrl = upstream.url
  const start = async () => {
    const secretKey = config.secretKey ?? (await demoSecretKey(upstream))
    const { startConnector } = await loadQuietly(() => import('./start.ts'), log)
    return startConnector({ config, connector, document, upstreamUrl, secretKey, log })
  }
  const running = await start().catch(async (error: unknown) => {
    await upstream.close()
    throw error
  })

  const stop = async () => {
    await running.close()
    await upstream.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  console.log(
    renderBanner({
      name: connector.name,
      title: connector.title,
      publicUrl: running.publicUrl,
      upstreamUrl,
      demo: upstream.demo,
      headers: config.apiCredentials ? connector.upstream.apiCredentials : null,
    }),
  )
}

type OpenUpstream = {
  readonly url: URL
  readonly demo: DemoAccess | null
  readonly close: () => Promise<void>
}

/** For the shipped connector and without an upstream of one's own, the demo upstream stands in for the API that it imitates. */
async function openUpstream(
  { upstreamUrl, connector }: Config,
  serverUrl: string | null,
  log: Logger,
): Promise<OpenUpstream> {
  const url = upstreamUrl ?? (connector === DEMO_CONNECTOR ? null : toServerUrl(serverUrl))
  if (url !== null) return { url, demo: null, close: () => Promise.resolve() }
  const [{ startDemo }, { demoAccess }] = await Promise.all([
    import('../demo/server.ts'),
    import('../demo/access.ts'),
  ])
  const demo = await startDemo({ port: DEMO_PORT }).catch(() => startDemo({ port: 0 }))
  log.info({ event: 'demo_upstream_started', url: demo.url })
  return { url: new URL(demo.url), demo: demoAccess, close: () => demo.close() }
}

/** Only the demo can do with a key that lies beside its database. */
function demoSecretKey({ demo }: OpenUpstream): Promise<Secret> {
  if (demo !== null) return readOrCreateSecretKey(DEMO_KEY_FILE)
  const how = 'make one with: openssl rand -base64 32, and keep it apart from the database'
  throw new ConfigError([`SECRET_KEY is required: ${how}`])
}

/** The document's own server, if it can be called as it stands there. */
function toServerUrl(serverUrl: string | null): URL {
  const url = URL.parse(serverUrl ?? '')
  if (url !== null && /^https?:$/.test(url.protocol)) return url
  throw new ConfigError(['UPSTREAM_URL is required: the document names no server of its own'])
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) {
    return ['error: the environment is not usable', ...error.problems].join('\n  ')
  }
  if (error instanceof StoreError) return `error: ${error.message}`
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return 'error: PORT: the port is in use; choose another'
  if (code === 'EACCES') return 'error: PORT: the port may not be used; choose one above 1023'
  if (code === 'EADDRNOTAVAIL') return 'error: HOST: this machine does not have that address'
  throw error
}
