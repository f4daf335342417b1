import { createHash, randomBytes } from 'node:crypto'
import { startBrowserSession, type BrowserSession, type Page } from './browser-session.ts'

/** Where test clients are sent back to; nothing listens there. */
export const REDIRECT_URI = 'http://127.0.0.1:33418/callback'

/** What the token endpoint answered. */
export type Tokens = {
  readonly status: number
  readonly access_token: string
  readonly refresh_token: string
  readonly scope: string
  readonly expires_in: number
  readonly error?: string
  readonly error_description?: string
}

/** A registered client. */
export type TestClient = {
  readonly client_id: string
  readonly client_secret?: string
  readonly redirect_uri: string
}

/** Who signs in, and what they decide. */
export type Person = {
  readonly email?: string
  readonly password?: string
  /** By id; the one that the page has selected otherwise. */
  readonly organization?: string
  /** Those that stay chosen; all otherwise. */
  readonly scopes?: readonly string[]
  readonly action?: 'allow' | 'deny'
}

/** Registers a client (RFC 7591). */
export async function registerClient(
  origin: string,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<
  TestClient & { readonly status: number; readonly body: Readonly<Record<string, unknown>> }
> {
  const response = await fetch(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Test client',
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'none',
      ...metadata,
    }),
  })
  const body = toRecord(await response.json())
  const { client_id: id, client_secret: secret } = body
  const uris = metadata['redirect_uris']
  const redirect: unknown = Array.isArray(uris) ? uris[0] : REDIRECT_URI
  return {
    status: response.status,
    body,
    client_id: String(id),
    ...(typeof secret === 'string' && { client_secret: secret }),
    redirect_uri: String(redirect),
  }
}

/** A PKCE pair (RFC 7636). */
export function createPkce(): { readonly verifier: string; readonly challenge: string } {
  const verifier = randomBytes(32).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** The address that a client opens in the browser; `null` leaves a parameter out. */
export function authorizationUrl(
  origin: string,
  client: TestClient,
  challenge: string,
  params: Readonly<Record<string, string | null>> = {},
): string {
  const url = new URL('/oauth/authorize', origin)
  const all: Readonly<Record<string, string | null>> = {
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: client.redirect_uri,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    state: 'test-state',
    ...params,
  }
  for (const [name, value] of Object.entries(all)) {
    if (value !== null) url.searchParams.set(name, value)
  }
  return url.href
}

/** Signs in on the page that the authorization request led to; gives the page that follows. */
export async function signIn(
  session: BrowserSession,
  page: Page,
  { email = 'owner@acme.example', password = 'sluice-demo' }: Person = {},
): Promise<Page> {
  return session.submit(page, { username: email, password })
}

/** Decides on the consent page; gives the redirect to the client, or the page that follows. */
export async function decide(
  session: BrowserSession,
  page: Page,
  { organization, scopes, action = 'allow' }: Person = {},
): Promise<Page> {
  return session.submit(page, {
    organization: organization ?? selectedOrganization(page),
    scope: scopes ?? offeredScopes(page),
    action,
  })
}

/** The whole way of a browser, from the client's request to the redirect back to it. */
export async function authorize(
  origin: string,
  client: TestClient,
  person: Person = {},
  params: Readonly<Record<string, string | null>> = {},
): Promise<{ readonly callback: URL; readonly code: string; readonly verifier: string }> {
  const { verifier, challenge } = createPkce()
  const session = startBrowserSession()
  const page = await session.open(authorizationUrl(origin, client, challenge, params))
  const consent = await signIn(session, page, person)
  const last = await decide(session, consent, person)
  const callback = new URL(last.url)
  return { callback, code: callback.searchParams.get('code') ?? '', verifier }
}

/** Asks the token endpoint. */
export async function requestTokens(
  origin: string,
  client: TestClient,
  params: Readonly<Record<string, string>>,
): Promise<Tokens> {
  const response = await fetch(`${origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: client.client_id,
      ...(client.client_secret !== undefined && { client_secret: client.client_secret }),
      ...params,
    }),
  })
  const body = toRecord(await response.json())
  return {
    status: response.status,
    access_token: textOf(body['access_token']),
    refresh_token: textOf(body['refresh_token']),
    scope: textOf(body['scope']),
    expires_in: Number(body['expires_in']),
    ...(typeof body['error'] === 'string' && { error: body['error'] }),
    ...(typeof body['error_description'] === 'string' && {
      error_description: body['error_description'],
    }),
  }
}

/** Exchanges a code. */
export function exchangeCode(
  origin: string,
  client: TestClient,
  { code, verifier }: { readonly code: string; readonly verifier: string },
  params: Readonly<Record<string, string>> = {},
): Promise<Tokens> {
  return requestTokens(origin, client, {
    grant_type: 'authorization_code',
    code,
    code_verifier: verifier,
    redirect_uri: client.redirect_uri,
    ...params,
  })
}

/** Exchanges a refresh token. */
export function refreshTokens(
  origin: string,
  client: TestClient,
  refreshToken: string,
): Promise<Tokens> {
  return requestTokens(origin, client, {
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
  })
}

/** Registers, signs in, consents and exchanges the code: one connection. */
export async function connect(
  origin: string,
  person: Person = {},
  params: Readonly<Record<string, string | null>> = {},
): Promise<{ readonly client: TestClient; readonly tokens: Tokens }> {
  const client = await registerClient(origin)
  const granted = await authorize(origin, client, person, params)
  const tokens = await exchangeCode(origin, client, granted)
  if (tokens.access_token === '') throw new Error(`no connection: ${granted.callback.href}`)
  return { client, tokens }
}

/** The header that carries an access token or an API key. */
export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

/** The claims of a JWT, unverified. */
export function claimsOf(token: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = token.split('.')
  return toRecord(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
}

function selectedOrganization({ text }: Page): string {
  const inputs = text.match(/<input[^>]*name="organization"[^>]*>/g) ?? []
  const selected = inputs.find((each) => /checked|type="hidden"/.test(each)) ?? ''
  return /value="([^"]*)"/.exec(selected)?.[1] ?? ''
}

function offeredScopes({ text }: Page): readonly string[] {
  const inputs = text.match(/<input[^>]*name="scope"[^>]*>/g) ?? []
  return inputs.map((each) => /value="([^"]*)"/.exec(each)?.[1] ?? '')
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new Error('no JSON object')
  return { ...value }
}
