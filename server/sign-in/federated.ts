import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  refreshTokenGrant,
} from 'openid-client'
import type { Secret } from '../secret.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { Network } from '../upstream/network.ts'
import { toBearer } from './bearer.ts'
import { clientSecret, createDiscovery } from './discovery.ts'
import { nullIfDenied } from './identity-provider-failure.ts'
import type { RedirectSignIn } from './sign-in.ts'

/** Our registration with an identity provider, and what is asked of it. */
export type FederatedOptions = {
  /** `https`, or `http` on this machine. */
  readonly issuer: URL
  readonly clientId: string
  readonly clientSecret: Secret
  /** With `openid`. */
  readonly scopes: readonly string[]
  /** For whom the access token is meant (RFC 8707); `null` says nothing. */
  readonly resource: string | null
  /**
   * The access token is for the identity provider itself, not for an upstream: it must speak for
   * the person of the id token (OpenID Connect Core 1.0, section 5.3.2). Not by default.
   */
  readonly isOwnResource?: boolean
  /** Registered with the identity provider, exactly so. */
  readonly redirectUri: URL
  /** The way to the identity provider; straight there by default. */
  readonly network?: Network
  /** Milliseconds since any fixed point, never going back. */
  readonly now?: () => number
}

/**
 * Sign-in at the identity provider of the upstream's vendor, whose access tokens the upstream takes:
 * OpenID Connect, authorization code with PKCE (RFC 7636), state and nonce; the answer's issuer is
 * checked (RFC 9207), and so are the id token's signature and claims.
 *
 * Nothing is asked until somebody signs in, so an identity provider that is down stops no start.
 *
 * @throws {Error} for an issuer that is neither https nor on this machine
 */
export function createFederatedSignIn(options: FederatedOptions): RedirectSignIn {
  const { issuer, clientId, scopes, resource, redirectUri } = options
  const discover = createDiscovery({
    issuer,
    clientId,
    authenticateClient: clientSecret(options.clientSecret.reveal()),
    ...(options.network !== undefined && { network: options.network }),
    now: options.now ?? (() => performance.now()),
  })
  const target = resource === null ? {} : { resource }

  return {
    kind: 'redirect',
    providerHost: issuer.host,

    async begin(state, { askAgain } = { askAgain: false }) {
      const nonce = randomNonce()
      const codeVerifier = randomPKCECodeVerifier()
      const challenge = await calculatePKCECodeChallenge(codeVerifier)
      const url = await nullIfDenied(async () =>
        buildAuthorizationUrl(await discover(), {
          redirect_uri: redirectUri.href,
          scope: scopes.join(' '),
          state,
          nonce,
          code_challenge: challenge,
          code_challenge_method: 'S256',
          ...toPrompt(scopes, askAgain),
          ...target,
        }),
      )
      if (url === null) throw new UpstreamFailure(502, 'the identity provider refused to be asked')
      return { url, memory: { state, nonce, codeVerifier } }
    },

    complete(callbackUrl, { state, nonce, codeVerifier }) {
      // The library sends the URL as `redirect_uri`; a proxy may have given it another origin.
      const answer = new URL(redirectUri)
      answer.search = callbackUrl.search
      return nullIfDenied(async () => {
        const configuration = await discover()
        const tokens = await authorizationCodeGrant(
          configuration,
          answer,
          {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: codeVerifier,
            idTokenExpected: true,
          },
          target,
        )
        if (options.isOwnResource === true) {
          await fetchUserInfo(configuration, tokens.access_token, tokens.claims()?.sub ?? '')
        }
        return toBearer(tokens.access_token, tokens.refresh_token ?? null)
      })
    },

    async renew(credential) {
      if (credential.kind !== 'bearer' || credential.refreshToken === null) return null
      const { refreshToken } = credential
      return nullIfDenied(async () => {
        const tokens = await refreshTokenGrant(await discover(), refreshToken, target)
        // An answer without a new refresh token leaves the old one valid (RFC 6749, section 6).
        return toBearer(tokens.access_token, tokens.refresh_token ?? refreshToken)
      })
    },
  }
}

/** What the identity provider is to ask the person (OpenID Connect Core 1.0, section 3.1.2.1). */
function toPrompt(scopes: readonly string[], askAgain: boolean): { readonly prompt?: string } {
  // Without the first word offline access may be ignored (section 11).
  const words = [scopes.includes('offline_access') ? 'consent' : '', askAgain ? 'login' : '']
  const prompt = words.filter((word) => word !== '').join(' ')
  return prompt === '' ? {} : { prompt }
}
