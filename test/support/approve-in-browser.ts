import { startBrowserSession } from './browser-session.ts'
import { decide, signIn, type Person } from './oauth-client.ts'

/**
 * Does what a person does at the address that a client opened: signs in and decides.
 *
 * @returns where the browser is sent at the end: the client's callback
 * @throws {Error} with the last page, when it is one of the server's own
 */
export async function approveInBrowser(url: URL | string, person: Person = {}): Promise<URL> {
  const session = startBrowserSession()
  const page = await session.open(String(url))
  const consent = await signIn(session, page, person)
  const last = await decide(session, consent, person)
  if (last.text !== '') throw new Error(`no way back to the client: ${last.url}\n${last.text}`)
  return new URL(last.url)
}
