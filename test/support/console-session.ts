import type { Browser, BrowserContextOptions } from 'playwright-core'
import { openWatchedPage, typeSignIn, type WatchedPage } from './browser-page.ts'
import type { BrowserSession, Page } from './browser-session.ts'
import type { Person } from './oauth-client.ts'
import { findForm, findLink } from './page-forms.ts'
import { startWatchedBrowser } from './watched-browser.ts'

/** What is typed into a form, by the names of its fields; an empty list leaves a field out. */
type Typed = Readonly<Record<string, string | readonly string[]>>

/** Who signs in, as `sluice-demo` for a password. */
type Somebody = Pick<Person, 'email' | 'password'>

/** Somebody in the console, with a browser of their own that runs no script. */
export type ConsoleVisitor = {
  /** The page that the sign-in led to. */
  readonly first: Page
  readonly open: (path: string) => Promise<Page>
  /** Follows a link by what it says, whole. */
  readonly follow: (page: Page, label: string) => Promise<Page>
  /**
   * Presses a button: sends its form with what the page has filled in and what is typed.
   *
   * @param label what the button says, whole; exactly one button of the page must say so
   */
  readonly press: (page: Page, label: string, typed?: Typed) => Promise<Page>
  /** Sends a form that no page needs to have shown. */
  readonly post: (
    path: string,
    fields: Typed,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Page>
}

/**
 * Signs in to the console.
 *
 * @param options.to the page to begin at
 * @param options.browser the one to do it with; a new one by default
 * @throws {Error} with the page, where the sign-in was not accepted; a page that refuses them is one
 */
export async function signInToConsole(
  origin: string,
  options: Somebody & { readonly to?: string; readonly browser?: BrowserSession } = {},
): Promise<ConsoleVisitor> {
  const { to = '/console', browser = startWatchedBrowser(), ...person } = options
  const visitor = visitConsole(origin, browser)
  const first = await submitSignIn(visitor, await visitor.open(to), person)
  if (first.url !== new URL(to, origin).href) {
    throw new Error(`not let in: ${first.url}\n${first.text}`)
  }
  return { ...visitor, first }
}

/** Comes to the console without signing in. */
export function visitConsole(
  origin: string,
  browser: BrowserSession = startWatchedBrowser(),
): Omit<ConsoleVisitor, 'first'> {
  const toUrl = (path: string) => new URL(path, origin).href
  return {
    open: (path) => browser.open(toUrl(path)),
    follow: (page, label) => browser.open(findLink(page, label)),
    press(page, label, typed = {}) {
      const { url, method, fields } = findForm(page, label)
      const sent = toForm(fields, typed)
      if (method === 'POST') return browser.post(url, sent)
      const address = new URL(url)
      address.search = sent.toString()
      return browser.open(address.href)
    },
    post: (path, fields, headers) => browser.post(toUrl(path), toForm([], fields), headers),
  }
}

/** Types an account into the console's sign-in; gives the page that follows. */
export function submitSignIn(
  visitor: Pick<ConsoleVisitor, 'press'>,
  page: Page,
  { email = 'owner@acme.example', password = 'sluice-demo' }: Somebody = {},
): Promise<Page> {
  return visitor.press(page, 'Sign in', { username: email, password })
}

/**
 * Signs in to the console with Chromium.
 *
 * @param options.to the page to begin at
 */
export async function openConsole(
  browser: Browser,
  origin: string,
  options: Somebody & BrowserContextOptions & { readonly to?: string } = {},
): Promise<WatchedPage> {
  const { email, password, to = '/console', ...context } = options
  const watched = await openWatchedPage(browser, context)
  await watched.page.goto(new URL(to, origin).href)
  await typeSignIn(watched.page, {
    ...(email !== undefined && { email }),
    ...(password !== undefined && { password }),
  })
  return watched
}

function toForm(
  fields: readonly (readonly [name: string, value: string])[],
  typed: Typed,
): URLSearchParams {
  const form = new URLSearchParams(fields.map(([name, value]) => [name, value]))
  for (const [name, value] of Object.entries(typed)) {
    form.delete(name)
    for (const each of [value].flat()) form.append(name, each)
  }
  return form
}
