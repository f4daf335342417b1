import {
  allowInsecureRequests,
  customFetch,
  ClientSecretBasic,
  ClientSecretPost,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration,
} from 'openid-client'
import { isLoopbackHost } from '../loopback.ts'
import type { Network } from '../upstream/network.ts'
import { createProviderFetch } from './provider-fetch.ts'

const TIMEOUT_SECONDS = 10
const BELIEVED_MS = 3_600_000

/** What the identity provider says of itself, with our client at it. */
export type Discover = () => Promise<Configuration>

/**
 * Asks an identity provider for its metadata when it is first needed (OpenID Connect Discovery 1.0,
 * section 4), and again an hour later. A failure is not remembered: the next use asks again.
 *
 * @param options.network straight to every host by default
 * @param options.now milliseconds since any fixed point, never going back
 * @throws {Error} for an issuer that is neither https nor on this machine
 */
export function createDiscovery(options: {
  readonly issuer: URL
  readonly clientId: string
  readonly authenticateClient: ClientAuth
  readonly network?: Network
  readonly now: () => number
}): Discover {
  const { issuer, clientId, authenticateClient, now } = options
  if (
    issuer.protocol !== 'https:' &&
    !(issuer.protocol === 'http:' && isLoopbackHost(issuer.hostname))
  ) {
    throw new Error(`"issuer" must begin with https:// unless its host is this machine`)
  }
  // A signature is checked even though TLS vouches for the id token (OpenID Connect Core, 3.1.3.7).
  const execute = [
    enableNonRepudiationChecks,
    ...(issuer.protocol === 'http:' ? [allowInsecureRequests] : []),
  ]
  const { network } = options
  const reach = network === undefined ? {} : { [customFetch]: createProviderFetch(network) }
  let known: { readonly found: Promise<Configuration>; readonly at: number } | null = null

  return function discover() {
    if (known !== null && now() - known.at < BELIEVED_MS) return known.found
    const found = discovery(issuer, clientId, {}, authenticateClient, {
      execute,
      timeout: TIMEOUT_SECONDS,
      ...reach,
    })
    const asked = { found, at: now() }
    known = asked
    found.catch(() => {
      if (known === asked) known = null
    })
    return found
  }
}

/**
 * Sends a client's secret in the way that the identity provider takes: in the body where it says
 * so, else in the `Authorization` header, which is the default (OpenID Connect Discovery 1.0, section 3).
 */
export function clientSecret(secret: string): ClientAuth {
  const post = ClientSecretPost(secret)
  const basic = ClientSecretBasic(secret)

  return function authenticateClient(server, client, body, headers) {
    const methods = server.token_endpoint_auth_methods_supported ?? []
    const authenticate = methods.includes('client_secret_post') ? post : basic
    authenticate(server, client, body, headers)
  }
}
