import { startBrowserSession, type BrowserSession } from './browser-session.ts'

/** A browser whose cookies an attacker could have seen. */
export type WatchedBrowser = BrowserSession & {
  /** The `Cookie` header that it last sent to a path; empty where it sent none. */
  readonly cookieAt: (path: string) => string
  /** Every `Set-Cookie` line that it was sent. */
  readonly received: readonly string[]
}

/**
 * Starts one.
 *
 * @param headers sent with every request, for example a `cookie` that was planted
 */
export function startWatchedBrowser(
  headers: Readonly<Record<string, string>> = {},
): WatchedBrowser {
  const sent = new Map<string, string>()
  const received: string[] = []
  const session = startBrowserSession({
    headers,
    async send(url, init) {
      sent.set(new URL(url).pathname, new Headers(init.headers).get('cookie') ?? '')
      const response = await fetch(url, init)
      received.push(...response.headers.getSetCookie())
      return response
    },
  })
  return { ...session, received, cookieAt: (path) => sent.get(path) ?? '' }
}
