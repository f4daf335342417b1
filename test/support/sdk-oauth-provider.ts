import { randomUUID } from 'node:crypto'
import { REDIRECT_URI } from './oauth-client.ts'

/** What both SDKs keep of a token response, as far as tests look into it. */
export type KeptTokens = {
  readonly access_token: string
  readonly refresh_token?: string | undefined
  readonly scope?: string | undefined
}

/** What an application keeps for an SDK between two starts, and what it opened in the browser. */
export type SdkOAuthProvider<Registration, Tokens, Discovery> = {
  readonly redirectUrl: string
  readonly clientMetadataUrl?: string
  readonly clientMetadata: {
    client_name: string
    redirect_uris: string[]
    token_endpoint_auth_method: string
    grant_types: string[]
    response_types: string[]
  }
  readonly state: () => string
  readonly clientInformation: () => Registration | undefined
  readonly saveClientInformation: (registration: Registration) => void
  readonly tokens: () => Tokens | undefined
  readonly saveTokens: (tokens: Tokens) => void
  readonly redirectToAuthorization: (url: URL) => void
  readonly saveCodeVerifier: (verifier: string) => void
  readonly codeVerifier: () => string
  readonly saveDiscoveryState: (state: Discovery) => void
  readonly discoveryState: () => Discovery | undefined
  readonly invalidateCredentials: (scope: Invalidation) => void
  /** Addresses that the client wanted opened, in order. */
  readonly opened: readonly URL[]
}

type Invalidation = 'all' | 'client' | 'tokens' | 'verifier' | 'discovery'

/**
 * Makes an application's own part of an SDK's sign-in, as the SDKs' documentation describes it: it
 * keeps what it is given, and shows the person an address. It decides nothing.
 *
 * The two SDKs name what is kept differently, hence the type parameters.
 *
 * @param options.clientMetadataUrl where the application's client id metadata document is
 */
export function createSdkOAuthProvider<Registration, Tokens extends KeptTokens, Discovery>(
  options: { readonly clientMetadataUrl?: string } = {},
): SdkOAuthProvider<Registration, Tokens, Discovery> {
  let registration: Registration | undefined
  let tokens: Tokens | undefined
  let discovery: Discovery | undefined
  let verifier = ''
  const opened: URL[] = []
  return {
    ...options,
    redirectUrl: REDIRECT_URI,
    clientMetadata: {
      client_name: 'SDK client',
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    state: () => randomUUID(),
    clientInformation: () => registration,
    saveClientInformation: (given) => void (registration = given),
    tokens: () => tokens,
    saveTokens: (given) => void (tokens = given),
    redirectToAuthorization: (url) => void opened.push(url),
    saveCodeVerifier: (given) => void (verifier = given),
    codeVerifier: () => verifier,
    saveDiscoveryState: (given) => void (discovery = given),
    discoveryState: () => discovery,
    invalidateCredentials(scope) {
      if (scope === 'all' || scope === 'client') registration = undefined
      if (scope === 'all' || scope === 'tokens') tokens = undefined
      if (scope === 'all' || scope === 'discovery') discovery = undefined
    },
    opened,
  }
}
