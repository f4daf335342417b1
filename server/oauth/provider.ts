import Provider, { errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import type { Realm } from '../realm.ts'
import type { Store } from '../store/store.ts'
import { createAdapterFactory, markAnswered } from './adapter.ts'
import { isClientSecret } from './client-adapter.ts'
import type { FetchClientDocument } from './client-documents.ts'
import { normalizeClientMetadata } from './client-metadata.ts'
import { buildFeatures, type FeatureOptions } from './features.ts'
import { GRANT_TYPES } from './grant-types.ts'
import { buildInteractionPolicy } from './interaction-policy.ts'
import { CODE_TTL_SECONDS, INTERACTION_TTL_SECONDS } from './lifetimes.ts'
import { applyRequestPolicy, checkRequestedResource } from './request-policy.ts'
import { ROUTES } from './routes.ts'
import { trimMetadata } from './server-metadata.ts'
import type { PrivateJwk } from './signing-keys.ts'

const DAY = 86_400
/** A grant ends with its refresh tokens or by somebody's will, not by itself. */
const GRANT_TTL_SECONDS = 3650 * DAY
const AUTH_METHODS = ['none', 'client_secret_basic', 'client_secret_post'] as const

const FORM_POST = { error: 'invalid_request', description: 'response_mode must be query' } as const

/** An error of RFC 6749, section 4.1.2.1, that cannot be sent to the client. */
export type Refusal = { readonly error: string; readonly description: string }

/** What one realm's authorization server is made of. */
export type ProviderOptions = FeatureOptions & {
  readonly store: Store
  /** The one that signs comes first. */
  readonly keys: readonly PrivateJwk[]
  readonly cookieKey: string
  readonly refreshTokenTtlSeconds: number
  readonly graceMs: number
  readonly fetchClientDocument: FetchClientDocument
  /** Whether a connection may get another token; asked before anything is spent. */
  readonly isAlive: (grantId: string, ctx: KoaContextWithOIDC) => Promise<boolean>
  /** Shows a person why it goes no further; without a `refusal` what they came back to has expired. */
  readonly renderError: (ctx: KoaContextWithOIDC, refusal: Refusal | null) => void
  readonly now: () => number
}

/**
 * Builds the authorization server of one realm. The protocol is oidc-provider's; what is set here is
 * policy. Several of its defaults suit sign-in to a web site and end a connector's connections: each
 * setting below that looks needless has a test.
 */
export function buildProvider(options: ProviderOptions): Provider {
  const { realm, store, graceMs, now } = options
  const adapterOptions = { store, realm: realm.label, graceMs, now }
  const configuration: Configuration = {
    adapter: createAdapterFactory(adapterOptions),
    jwks: { keys: [...options.keys] },
    cookies: buildCookies(realm, options.cookieKey),
    routes: {
      authorization: ROUTES.authorization,
      token: ROUTES.token,
      registration: ROUTES.registration,
      revocation: ROUTES.revocation,
      jwks: ROUTES.jwks,
    },
    interactions: {
      policy: buildInteractionPolicy(),
      url: (_ctx, { uid }) => `${ROUTES.interaction}/${uid}`,
    },
    // The scopes are the resource's; `openid` is not offered, so no ID token is ever made.
    scopes: [],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    clientAuthMethods: [...AUTH_METHODS],
    clientDefaults: {
      application_type: 'native',
      grant_types: [...GRANT_TYPES],
      response_types: ['code'],
      // The default, RS256, would need an RSA key.
      id_token_signed_response_alg: 'ES256',
    },
    extraClientMetadata: {
      // The library runs the validator once for each named property, whether it is there or not.
      properties: ['sluice_policy'],
      validator: (_ctx, _key, _value, metadata) => normalizeClientMetadata(metadata),
    },
    extraParams: { sluice_policy: (ctx) => applyRequestPolicy(ctx, options.scopes) },
    // By default confidential clients would be let off (OAuth 2.1, section 4.1.1).
    pkce: { required: () => true },
    features: buildFeatures(options),
    fetch: options.fetchClientDocument,
    ttl: {
      AccessToken: options.accessTokenTtlSeconds,
      AuthorizationCode: CODE_TTL_SECONDS,
      RefreshToken: options.refreshTokenTtlSeconds,
      Grant: GRANT_TTL_SECONDS,
      Interaction: INTERACTION_TTL_SECONDS,
      Session: INTERACTION_TTL_SECONDS,
    },
    issueRefreshToken: () => Promise.resolve(true),
    expiresWithSession: () => Promise.resolve(false),
    rotateRefreshToken: true,
    revokeGrantPolicy: () => true,
    // One grant for each consent: a second connection of the same person stands on its own.
    loadExistingGrant: (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId
      return Promise.resolve(
        grantId === undefined ? undefined : ctx.oidc.provider.Grant.find(grantId),
      )
    },
    async findAccount(ctx, accountId, token) {
      // Before the refresh token is spent: what may fail must not cost the client its connection.
      if (token !== undefined && 'resource' in token) {
        checkRequestedResource(ctx, token.resource, options)
      }
      const grantId = token !== undefined && 'grantId' in token ? token.grantId : undefined
      if (grantId !== undefined && !(await options.isAlive(grantId, ctx))) return undefined
      return { accountId, claims: () => ({ sub: accountId }) }
    },
    async extraTokenClaims(_ctx, token) {
      const grantId = 'grantId' in token ? token.grantId : undefined
      const grant = grantId === undefined ? null : await store.grants.findLive(grantId)
      if (grant === null) throw new errors.InvalidGrant('the connection has ended')
      return { org: grant.organizationId, gid: grant.id }
    },
    clientBasedCORS: () => true,
    renderError(ctx, { error, error_description: description = '' }, cause) {
      const isExpired = cause instanceof errors.SessionNotFound
      options.renderError(ctx, isExpired ? null : { error, description })
    },
  }

  const provider = new Provider(realm.issuer, configuration)
  provider.proxy = true
  provider.Client.prototype.compareClientSecret = function compareClientSecret(given) {
    return isClientSecret(given, this.clientSecret)
  }
  provider.use(async function afterwards(ctx: KoaContextWithOIDC, next) {
    await next()
    // A method or spelling of a path that the library does not serve.
    if (!('oidc' in ctx)) return
    const { oidc } = ctx
    if (oidc.route === 'discovery') trimMetadata(ctx, options.scopes)
    if (oidc.client !== undefined) {
      await store.clients.touch(realm.label, oidc.client.clientId).catch(ignore)
    }
    const isScripted = isLibraryPage(ctx)
    // The browser session has served its one authorization, or stands in the way of the next.
    if (isScripted || (oidc.route === 'resume' && oidc.entities.AuthorizationCode !== undefined)) {
      await oidc.session?.destroy()
    }
    if (isScripted) {
      ctx.status = 400
      options.renderError(ctx, oidc.params?.['response_mode'] === 'form_post' ? FORM_POST : null)
    }
    const spent = oidc.entities.RotatedRefreshToken?.jti
    if (spent !== undefined && ctx.status === 200) {
      ctx.res.once('finish', () => void markAnswered(adapterOptions, spent).catch(ignore))
    }
  })
  return provider
}

/**
 * Pages of the library's own send themselves by a script, and no policy holds them: the refusal of a
 * request with `form_post`, and the end of a session that is another person's.
 */
function isLibraryPage({ status, type, res }: KoaContextWithOIDC): boolean {
  const isRedirect = status >= 300 && status <= 399
  return type === 'text/html' && !isRedirect && !res.hasHeader('content-security-policy')
}

/**
 * A note that could not be made must not cost the client its answer. Without the one of a written
 * answer, the spent token stays usable until its successor is used.
 */
function ignore(): void {
  return undefined
}

/** `__Host-` and `__Secure-` bind a cookie to this host and to TLS (RFC 6265bis, section 4.1.3). */
function buildCookies(realm: Realm, key: string): Configuration['cookies'] {
  const isTls = realm.issuer.startsWith('https:')
  const attributes = { signed: true, httpOnly: true, sameSite: 'lax', secure: isTls } as const
  const prefix = isTls ? '__Secure-' : ''
  return {
    keys: [key],
    names: {
      session: isTls ? '__Host-sluice-session' : 'sluice-session',
      interaction: `${prefix}sluice-interaction`,
      resume: `${prefix}sluice-resume`,
    },
    long: attributes,
    short: attributes,
  }
}
