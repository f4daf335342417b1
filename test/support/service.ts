import { randomUUID } from 'node:crypto'
import { createDeployment } from '../../server/admin/deployment.ts'
import { createKeyCommand } from '../../server/admin/keys-create.ts'
import { loadConnector } from '../../server/connector.ts'
import type { ServiceLogin } from '../../server/mcp/tool.ts'
import { createServices } from '../../server/services.ts'
import { openStore } from '../../server/store/open-store.ts'
import { assembleUpstream } from '../../server/upstream/assemble.ts'
import { fitUpstreamCredential } from '../../server/upstream-credential.ts'
import { startWithLogin, withLogin } from './connectors.ts'
import { readTestConfig, TEST_SECRET_KEY } from './flowtly.ts'
import { startRawUpstream, writeJson } from './raw-upstream.ts'
import { storeKinds } from './stores.ts'

/** What the tests send their upstream for everybody. */
export const CREDENTIAL = 'fixed-credential-of-the-operator'

/** A service login as an allow-list would say it, with API keys only. */
export function serviceLogin(login: Partial<ServiceLogin> = {}): ServiceLogin {
  return {
    kind: 'service',
    organization: { id: 'main', name: 'Acme' },
    credential: { in: 'header', name: 'X-API-Key', scheme: null },
    access: null,
    ...login,
  }
}

/**
 * Starts the shipped connector with a service login, before an upstream that notes every request and
 * answers with an empty list.
 */
export async function startService(
  login: ServiceLogin = serviceLogin(),
  given: Readonly<Record<string, string>> = {},
) {
  const upstream = await startRawUpstream()
  const heads: string[] = []
  upstream.answer = (socket, head) => {
    heads.push(head)
    writeJson(socket, { data: [] })
  }
  const [sqlite] = storeKinds
  const database = await sqlite?.create()
  if (database === undefined) throw new Error('no database')
  const env = {
    DATABASE_URL: database.url,
    ...(login.credential !== null && { UPSTREAM_CREDENTIAL: CREDENTIAL }),
    ...given,
  }
  const connector = await startWithLogin(login, upstream.url, env).catch(async (error: unknown) => {
    await upstream.close()
    await database.drop()
    throw error
  })
  const store = await openStore({ url: database.url, now: Date.now })

  const close = async () => {
    await connector.close()
    await upstream.close()
    await store.close()
    await database.drop()
  }
  return {
    upstream,
    /** The heads of all requests that it has seen. */
    heads,
    connector,
    store,
    /** Runs `keys create` with its options beside the name. @returns the key */
    createKey: async (...options: readonly string[]) => {
      const deployment = await createTestDeployment(login, upstream.url, env)
      const argv = ['--name', `key ${randomUUID()}`, ...options]
      try {
        const { lines } = await createKeyCommand.prepare(argv)(deployment)
        return lines[0] ?? ''
      } finally {
        await deployment.close()
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** A running service of `startService`. */
export type TestService = Awaited<ReturnType<typeof startService>>

/** The operator's side of the same deployment; nobody is there to type anything. */
async function createTestDeployment(
  login: ServiceLogin,
  upstreamUrl: string,
  env: Readonly<Record<string, string>>,
) {
  const config = readTestConfig({ UPSTREAM_URL: upstreamUrl, ...env })
  const connector = withLogin((await loadConnector('flowtly')).connector, login)
  const askSecrets = () => Promise.reject(new Error('nobody is asked'))
  const opened = createDeployment({ config, askSecrets, now: Date.now, isRecorded: false })
  const credential = fitUpstreamCredential(config, connector)
  const timeoutMs = config.upstreamTimeoutMs
  const baseUrl = new URL(upstreamUrl)
  const { upstream, close } = assembleUpstream({ connector, baseUrl, credential, timeoutMs })
  return {
    ...opened,
    loadConnector: () => Promise.resolve(connector),
    openServices: (store: Awaited<ReturnType<typeof openStore>>) =>
      createServices({
        ...{ config, connector, upstream, store },
        secretKey: TEST_SECRET_KEY,
        publicUrl: new URL('http://localhost'),
        now: Date.now,
      }),
    close: async () => {
      await opened.close()
      await close()
    },
  }
}
