import { errors, type Configuration, type KoaContextWithOIDC } from 'oidc-provider'
import { isResource, type ResourceNames } from './request-policy.ts'

/** How long a client id metadata document is believed, in seconds. */
const DOCUMENT_CACHE = { min: 60, max: 86_400 }

/** What the features of one realm's authorization server depend on. */
export type FeatureOptions = ResourceNames & {
  /** Names of all scopes. */
  readonly scopes: readonly string[]
  readonly accessTokenTtlSeconds: number
  /** Whether that address may make the server fetch another document now. */
  readonly mayFetchDocument: (ctx: KoaContextWithOIDC) => Promise<boolean>
}

/** Switches oidc-provider's features: five that nobody needs here are on by default. */
export function buildFeatures(options: FeatureOptions): Configuration['features'] {
  const { realm, scopes, accessTokenTtlSeconds } = options
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    dPoP: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    revocation: {
      enabled: true,
      allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
    },
    registration: {
      enabled: true,
      initialAccessToken: false,
      issueRegistrationAccessToken: false,
    },
    clientIdMetadataDocument: {
      enabled: true,
      ack: 'draft-02',
      allowFetch: options.mayFetchDocument,
      allowClient: () => Promise.resolve(true),
      cacheDuration: DOCUMENT_CACHE,
    },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? realm.resource,
      getResourceServerInfo(_ctx, resource) {
        if (!isResource(options, resource)) {
          throw new errors.InvalidTarget(`the resource of this server is ${realm.resource}`)
        }
        return {
          scope: scopes.join(' '),
          audience: realm.resource,
          accessTokenFormat: 'jwt',
          accessTokenTTL: accessTokenTtlSeconds,
          jwt: { sign: { alg: 'ES256' } },
        }
      },
    },
  }
}
