import { startBrowserSession } from './browser-session.ts'
import type { FetchAt } from './fetch-at.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  REDIRECT_URI,
  signIn,
  type Person,
  type TestClient,
} from './oauth-client.ts'

/** What the token endpoint answered; `''` for what it did not say. */
export type AnsweredTokens = {
  readonly accessToken: string
  readonly refreshToken: string
  readonly error: string
}

/**
 * Makes a connection at an origin that has no name here, and gives its access token.
 *
 * @param send reaches the server, whatever the origin is
 */
export async function connectAt(send: FetchAt, origin: string, person: Person): Promise<string> {
  const client = await registerAt(send, origin)
  const { exchange } = await authorizeAt(send, origin, client, person)
  const { accessToken, error } = await requestTokensAt(send, origin, exchange)
  if (accessToken === '') throw new Error(`no connection at ${origin}: ${error}`)
  return accessToken
}

/** Registers a client. */
export async function registerAt(
  send: FetchAt,
  origin: string,
  authMethod: 'none' | 'client_secret_post' = 'none',
): Promise<TestClient> {
  const registered = await send(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: authMethod }),
  })
  const body: unknown = await registered.json()
  const secret = textIn(body, 'client_secret')
  return {
    client_id: textIn(body, 'client_id'),
    redirect_uri: REDIRECT_URI,
    ...(secret !== '' && { client_secret: secret }),
  }
}

/** Goes the way of a browser up to the code; `exchange` is what the token endpoint takes for it. */
export async function authorizeAt(
  send: FetchAt,
  origin: string,
  client: TestClient,
  person: Person = {},
) {
  const { verifier, challenge } = createPkce()
  const session = startBrowserSession({ send })
  const page = await session.open(authorizationUrl(origin, client, challenge))
  const { url } = await decide(session, await signIn(session, page, person), person)
  const code = new URL(url).searchParams.get('code') ?? ''
  return {
    exchange: { grant_type: 'authorization_code', code, code_verifier: verifier, ...client },
  }
}

/** Asks the token endpoint. */
export async function requestTokensAt(
  send: FetchAt,
  origin: string,
  params: Readonly<Record<string, string>>,
): Promise<AnsweredTokens> {
  const answered = await send(`${origin}/oauth/token`, postedForm(params))
  const body: unknown = await answered.json()
  return {
    accessToken: textIn(body, 'access_token'),
    refreshToken: textIn(body, 'refresh_token'),
    error: textIn(body, 'error'),
  }
}

/** A POST of form fields. */
export function postedForm(params: Readonly<Record<string, string>>): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(params).toString(),
  }
}

function textIn(body: unknown, name: string): string {
  const value: unknown = typeof body === 'object' && body !== null && Reflect.get(body, name)
  return typeof value === 'string' ? value : ''
}
