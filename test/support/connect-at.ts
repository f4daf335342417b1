import { startBrowserSession } from './browser-session.ts'
import type { FetchAt } from './fetch-at.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  REDIRECT_URI,
  signIn,
  type Person,
} from './oauth-client.ts'

/**
 * Makes a connection at an origin that has no name here, and gives its access token.
 *
 * @param send reaches the server, whatever the origin is
 */
export async function connectAt(send: FetchAt, origin: string, person: Person): Promise<string> {
  const registered = await send(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      redirect_uris: [REDIRECT_URI],
      token_endpoint_auth_method: 'none',
    }),
  })
  const client = {
    client_id: await readText(registered, 'client_id'),
    redirect_uri: REDIRECT_URI,
  }
  const { verifier, challenge } = createPkce()
  const session = startBrowserSession({ send })
  const page = await session.open(authorizationUrl(origin, client, challenge))
  const consent = await signIn(session, page, person)
  const { url } = await decide(session, consent, person)
  const answered = await send(`${origin}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...client,
      grant_type: 'authorization_code',
      code: new URL(url).searchParams.get('code') ?? '',
      code_verifier: verifier,
    }).toString(),
  })
  return readText(answered, 'access_token')
}

async function readText(response: Response, name: string): Promise<string> {
  const body: unknown = await response.json()
  const value: unknown = typeof body === 'object' && body !== null && Reflect.get(body, name)
  if (typeof value !== 'string') throw new Error(`no "${name}": ${JSON.stringify(body)}`)
  return value
}
