import { flushCompileCache } from 'node:module'
import type { Logger } from 'pino'
import { renderBanner, type DemoAccess } from './banner.ts'
import { ConfigError, readConfig, type Config } from './config.ts'
import { loadConnector, loadPublished } from './connector.ts'
import { chooseUpstreamUrl, DEMO_PORT, isDemoMode } from './demo-mode.ts'
import { createLog } from './log.ts'
import { readOrCreateSecretKey } from './secret-key.ts'
import { StoreError } from './store/store-error.ts'

/** How long a start leaves the processor to those who waited for it. */
const SETTLED_MS = 2_000

/**
 * Starts what the environment describes and stops it at a signal. What is wrong with it is said on
 * standard error, and by the exit code.
 */
export async function run(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  try {
    await start(readConfig(env))
  } catch (error) {
    console.error(describe(error))
    process.exitCode = 2
  }
}

async function start(config: Config): Promise<void> {
  const log = createLog({ level: config.logLevel })
  const { connector, document } = await loadConnector(config.connector)
  const published = await loadPublished(config.connector)
  const upstream = await openUpstream(config, connector.upstream.serverUrl, log)
  const upstreamUrl = upstream.url
  const open = async () => {
    const secretKey = await readOrCreateSecretKey(config)
    const { startConnector } = await import('./start.ts')
    const loaded = { connector, document, published }
    return startConnector({ config, ...loaded, upstreamUrl, secretKey, log })
  }
  const running = await open().catch(async (error: unknown) => {
    await upstream.close()
    throw error
  })

  const stop = async () => {
    await running.close()
    await upstream.close()
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())

  // Now, because who is killed writes nothing.
  setTimeout(flushCompileCache, SETTLED_MS).unref()

  // Where events go to standard output, nothing else does.
  const isOutputTaken = config.audit.sinks.some(({ kind }) => kind === 'stdout')
  const show = isOutputTaken ? console.error : console.log
  show(
    renderBanner({
      name: connector.name,
      title: connector.title,
      publicUrl: running.publicUrl,
      hasConsole: running.hasSignIn,
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

async function openUpstream(
  config: Config,
  serverUrl: string | null,
  log: Logger,
): Promise<OpenUpstream> {
  if (!isDemoMode(config)) {
    const url = chooseUpstreamUrl(config, serverUrl)
    return { url, demo: null, close: () => Promise.resolve() }
  }
  const [{ startDemo }, { demoAccess }] = await Promise.all([
    import('../demo/server.ts'),
    import('../demo/access.ts'),
  ])
  const demo = await startDemo({ port: DEMO_PORT }).catch(() => startDemo({ port: 0 }))
  log.info({ event: 'demo_upstream_started', url: demo.url })
  return { url: new URL(demo.url), demo: demoAccess, close: () => demo.close() }
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return `error: ${error.report()}`
  if (error instanceof StoreError) return `error: ${error.message}`
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') return 'error: PORT: the port is in use; choose another'
  if (code === 'EACCES') return 'error: PORT: the port may not be used; choose one above 1023'
  if (code === 'EADDRNOTAVAIL') return 'error: HOST: this machine does not have that address'
  throw error
}
