import type { EventEmitter } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { LRUCache } from 'lru-cache'
import type Provider from 'oidc-provider'
import type { Logger } from 'pino'
import type { AuditLog } from '../audit/audit-log.ts'
import { reportError } from '../http/report-error.ts'
import { reportStrayError } from '../http/report-stray-error.ts'
import type { Realm } from '../realm.ts'
import { buildProvider, type ProviderOptions } from './provider.ts'
import { recordOutcomes } from './record-outcomes.ts'
import type { KeyRing } from './signing-keys.ts'

/** Realms that are kept built; another one costs a few milliseconds. */
const MAX_BUILT = 500

/** The authorization server of one realm with the keys of now. */
export type AuthorizationServer = {
  readonly provider: Provider
  /** Answers one request, whatever happens. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** Finds a realm's authorization server. */
export type FindAuthorizationServer = (realm: Realm) => Promise<AuthorizationServer>

/**
 * Builds authorization servers as they are asked for, one for each realm, and anew when the signing
 * keys have changed: oidc-provider reads them once.
 */
export function createFindAuthorizationServer(options: {
  readonly keyRing: KeyRing
  readonly settings: (realm: Realm) => Omit<ProviderOptions, 'realm' | 'keys'>
  readonly audit: AuditLog
  readonly log: Logger
}): FindAuthorizationServer {
  const { keyRing, settings, audit, log } = options
  const built = new LRUCache<string, AuthorizationServer & { readonly version: string }>({
    max: MAX_BUILT,
  })

  return async function findAuthorizationServer(realm) {
    const { keys, version } = await keyRing.current()
    const known = built.get(realm.label)
    if (known?.version === version) return known
    const ofRealm = settings(realm)
    const provider = buildProvider({ ...ofRealm, realm, keys })
    recordOutcomes(provider, { audit, grants: ofRealm.store.grants })
    reportEvents(provider, log)
    const server = { provider, handle: provider.callback(), version }
    built.set(realm.label, server)
    return server
  }
}

/** What happens inside, without a value of a request: parameters may be secrets. */
function reportEvents(provider: Provider, log: Logger): void {
  // What fails around the library's own handlers; a Koa app without a listener prints it.
  const app: EventEmitter = provider
  app.on('error', reportStrayError(log))
  provider.on('registration_create.success', (ctx, client) =>
    log.info({ event: 'client_registered', requestId: idOf(ctx), client: client.clientId }),
  )
  provider.on('grant.success', (ctx) =>
    log.info({
      event: 'tokens_issued',
      requestId: idOf(ctx),
      client: ctx.oidc.client?.clientId,
      grant: ctx.oidc.entities.Grant?.jti,
    }),
  )
  provider.on('grant.revoked', (ctx, grantId) =>
    log.warn({ event: 'grant_ended', requestId: idOf(ctx), grant: grantId }),
  )
  const refused = ({ req }: WithRequest, { message }: Error) =>
    log.info({ event: 'authorization_refused', requestId: idOf({ req }), reason: message })
  provider.on('authorization.error', refused)
  provider.on('grant.error', refused)
  provider.on('registration_create.error', refused)
  provider.on('revocation.error', refused)
  provider.on('server_error', (ctx, error) => reportError(log, idOf(ctx), error))
}

type WithRequest = { readonly req: IncomingMessage }

function idOf({ req }: WithRequest): string {
  return String(req.headers['x-request-id'] ?? '')
}
