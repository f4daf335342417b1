import type { Page } from 'playwright-core'
import { press } from './browser-page.ts'
import { startBrowserSession, type Page as PlainPage } from './browser-session.ts'
import { visitIdentityProvider } from './identity-provider.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  exchangeCode,
  registerClient,
} from './oauth-client.ts'

/** Leaves our page for the identity provider. */
export function leave(page: Page): Promise<void> {
  return press(page, /^Continue to /)
}

/** Leaves, and signs in over there; the browser comes back to the page that follows. */
export async function signInThere(page: Page, email = 'owner@acme.example'): Promise<void> {
  await leave(page)
  await page.getByLabel('Email').fill(email)
  await press(page, 'Sign in')
}

/** The same, but the browser stays there. @returns the callback that it was to open */
export async function catchCallback(page: Page, email = 'owner@acme.example'): Promise<URL> {
  await leave(page)
  const { request } = page.context()
  const options = { form: { email, action: 'allow' }, maxRedirects: 0 }
  const taken = await request.post(page.url(), options)
  const resumed = await request.get(locationOf(taken), { maxRedirects: 0 })
  return new URL(locationOf(resumed))
}

/**
 * Connects a client of a connector whose people sign in elsewhere, with a browser without script.
 *
 * @param email one of the identity provider's accounts
 */
export async function connectFederated(origin: string, email = 'owner@acme.example') {
  const client = await registerClient(origin)
  const { verifier, challenge } = createPkce()
  const session = startBrowserSession()
  const first = await session.open(authorizationUrl(origin, client, challenge))
  const away = await session.submit(first, {})
  const callback = await visitIdentityProvider(new URL(away.url), email)
  const consent: PlainPage = await session.open(callback.href)
  const { url } = await decide(session, consent)
  const code = new URL(url).searchParams.get('code') ?? ''
  return { client, tokens: await exchangeCode(origin, client, { code, verifier }) }
}

function locationOf(response: { headers: () => Readonly<Record<string, string>> }): string {
  const { location } = response.headers()
  if (location === undefined) throw new Error('no redirect')
  return location
}
