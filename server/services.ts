import { randomBytes } from 'node:crypto'
import { ConfigError, type Config } from './config.ts'
import type { Connector } from './mcp/tool.ts'
import { ROUTES } from './oauth/routes.ts'
import { createKeyRing, type KeyRing } from './oauth/signing-keys.ts'
import { createSeal } from './seal.ts'
import type { Secret } from './secret.ts'
import { assemblePeople, type People } from './sign-in/assemble.ts'
import { createHeldCredentials, type HeldCredentials } from './sign-in/held-credential.ts'
import type { Store } from './store/store.ts'
import { openUpstreamNetwork } from './upstream-network.ts'
import type { UpstreamClient } from './upstream/client.ts'

const COOKIE_KEY_BYTES = 32

/** What the server and the operator's commands work with alike. */
export type Services = {
  readonly store: Store
  readonly secretKey: Secret
  readonly keyRing: KeyRing
  /** `null` where nobody signs in. */
  readonly people: People | null
  readonly credentials: HeldCredentials
  /** Signs the authorization server's cookies, the same on all instances. */
  readonly cookieKey: string
  /** Where the vendor's identity provider sends browsers back to. */
  readonly callbackUrl: URL
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/**
 * Makes what stands between the store, the secret key and the upstream.
 *
 * @throws {ConfigError} for another connector's database, and where the connector's login needs settings that are not there, or the store
 *   was sealed under another `SECRET_KEY`
 */
export async function createServices(options: {
  readonly config: Config
  readonly connector: Connector
  readonly upstream: UpstreamClient
  readonly store: Store
  readonly secretKey: Secret
  readonly publicUrl: URL
  readonly now: () => number
}): Promise<Services> {
  const { config, connector, upstream, store, secretKey, now } = options
  await checkConnector(store, connector.name)
  const keyBytes = Buffer.from(secretKey.reveal(), 'base64')
  const callbackUrl = new URL(ROUTES.callback, options.publicUrl)
  const { oidc } = config
  const people = assemblePeople({
    ...{ connector, upstream, oidc, redirectUri: callbackUrl },
    network: openUpstreamNetwork(config.upstreamNetwork),
  })
  const keyRing = createKeyRing({
    store: store.signingKeys,
    seal: createSeal(keyBytes, 'signing-keys'),
    accessTokenTtlMs: config.accessTokenTtlSeconds * 1000,
    now,
  })
  const cookieKey = await openCookieKey(store, secretKey)
  return {
    store,
    secretKey,
    keyRing,
    people,
    credentials: createHeldCredentials({
      ...{ kind: 'grant', holders: store.grants },
      seal: createSeal(keyBytes, 'grants'),
      renew: people?.signIn.renew ?? null,
      upstreamTimeoutMs: config.upstreamTimeoutMs,
    }),
    cookieKey,
    callbackUrl,
    now,
  }
}

/**
 * Ties a database to the first connector that uses it: grants and API keys of one mean nothing to
 * another.
 *
 * @throws {ConfigError} for another connector's database
 */
export async function checkConnector({ settings }: Store, name: string): Promise<void> {
  const owner = await settings.settle('connector', () => name)
  if (owner === name) return
  const what = `is ${name}, and this database is the connector ${owner}'s`
  throw new ConfigError([`CONNECTOR ${what}: use another DATABASE_URL`])
}

/**
 * Opens the key of the authorization server's cookies, which the first who asks makes: whoever can
 * has the secret key that this database is written with.
 *
 * @throws {ConfigError} for another secret key
 */
export async function openCookieKey(
  { settings }: Pick<Store, 'settings'>,
  secretKey: Secret,
): Promise<string> {
  const seal = createSeal(Buffer.from(secretKey.reveal(), 'base64'), 'cookie-key')
  const sealed = await settings.settle('cookie-key', () =>
    seal.close(randomBytes(COOKIE_KEY_BYTES).toString('base64url'), 'cookie-key'),
  )
  return openOwn(() => seal.open(sealed, 'cookie-key'))
}

/** The first thing that is opened tells whether the key is the store's. */
function openOwn(open: () => string): string {
  try {
    return open()
  } catch {
    const what = 'is not the one that this database was written with'
    throw new ConfigError([`SECRET_KEY ${what}: use that key, or another DATABASE_URL`])
  }
}
