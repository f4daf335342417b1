import { readForms } from './page-forms.ts'
import { signInToConsole, visitConsole } from './console-session.ts'
import type { Page } from './browser-session.ts'

/** An address of the console, for example `GET /console/clients`. */
type Address = `${'GET' | 'POST'} ${string}`

/** The token of a page's forms. */
export function csrfOf(page: Page): string {
  const fields = readForms(page).flatMap((form) => form.fields)
  return fields.find(([name]) => name === 'csrf')?.[1] ?? ''
}

/**
 * Tries addresses as those who must not get in: nobody who is signed in, somebody who may decide
 * nowhere, and pages of others that send a form with the cookie of an owner.
 *
 * @returns what let somebody in; none is what a test expects
 */
export async function findOpenDoors(
  origin: string,
  addresses: readonly Address[],
): Promise<readonly string[]> {
  const stranger = visitConsole(origin)
  const member = await signInToConsole(origin, { email: 'member@acme.example', to: '/account' })
  const owner = await signInToConsole(origin)
  const [csrf, memberCsrf] = [csrfOf(owner.first), csrfOf(member.first)]
  const open: string[] = []
  const expectAnswer = async (
    what: string,
    answer: Promise<Page>,
    fits: (page: Page) => boolean,
  ) => {
    const page = await answer
    if (!fits(page)) open.push(`${what}: ${page.status} ${page.url}`)
  }
  const isSignIn = ({ url }: Page) => new URL(url).pathname === '/console/sign-in'
  const isForbidden = ({ status }: Page) => status === 403

  for (const address of addresses) {
    const [method, path = ''] = address.split(' ')
    if (method === 'GET') {
      await expectAnswer(`${address} without a session`, stranger.open(path), isSignIn)
      await expectAnswer(`${address} as a member`, member.open(path), isForbidden)
      continue
    }
    const forged: readonly (readonly [string, Promise<Page>])[] = [
      ['as a member', member.post(path, { csrf: memberCsrf })],
      ['without a token', owner.post(path, {})],
      ["with another session's token", owner.post(path, { csrf: memberCsrf })],
      ['from another origin', owner.post(path, { csrf }, { origin: 'https://evil.example' })],
      ['from another site', owner.post(path, { csrf }, { 'sec-fetch-site': 'cross-site' })],
    ]
    await expectAnswer(`${address} without a session`, stranger.post(path, { csrf }), isSignIn)
    for (const [what, answer] of forged)
      await expectAnswer(`${address} ${what}`, answer, isForbidden)
  }
  return open
}
