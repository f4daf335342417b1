import { unescapeHtml } from './html-text.ts'

/** A page as a person without JavaScript sees it. */
export type Page = {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** A browser in a hundred lines: cookies by path, redirects, forms. It runs no script. */
export type BrowserSession = {
  /** Opens an address and follows redirects, until one leads to `stopAt` or to another origin. */
  readonly open: (url: string) => Promise<Page>
  /** Sends the form of a page with its hidden fields and what was typed. */
  readonly submit: (
    page: Page,
    values: Readonly<Record<string, string | readonly string[]>>,
  ) => Promise<Page>
  /** Sends a form that no page needs to have shown, and follows redirects as `open` does. */
  readonly post: (
    url: string,
    form: URLSearchParams,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Page>
}

type Cookie = { readonly value: string; readonly path: string }

/**
 * Starts one with an empty cookie jar.
 *
 * @param options.headers sent with every request, for example `Host`
 * @param options.send replaces `fetch`, for hosts that have no name here
 */
export function startBrowserSession(
  options: {
    readonly headers?: Readonly<Record<string, string>>
    readonly send?: (url: string, init: RequestInit) => Promise<Response>
  } = {},
): BrowserSession {
  const { headers = {}, send = fetch } = options
  const jar = new Map<string, Cookie>()

  function cookiesFor({ pathname }: URL): string {
    const isSent = ({ path }: Cookie) =>
      path === '/' || pathname === path || pathname.startsWith(`${path}/`)
    return [...jar]
      .filter(([, cookie]) => isSent(cookie))
      .map(([name, { value }]) => `${name.split('|')[0] ?? ''}=${value}`)
      .join('; ')
  }

  function keep(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const [name = '', value = ''] = pair.split(/=(.*)/s)
      const path = attributes.find((each) => /^path=/i.test(each))?.slice('path='.length) ?? '/'
      const isGone = attributes.some((each) => /^expires=thu, 01 jan 1970/i.test(each))
      if (isGone) jar.delete(`${name}|${path}`)
      else jar.set(`${name}|${path}`, { value, path })
    }
  }

  async function go(start: string, init: RequestInit): Promise<Page> {
    let url = new URL(start)
    let request = init
    for (let hops = 0; hops < 20; hops += 1) {
      const cookie = cookiesFor(url)
      const response = await send(url.href, {
        ...request,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          ...headers,
          ...Object.fromEntries(new Headers(request.headers)),
          ...(cookie && { cookie }),
        },
      })
      keep(response)
      const location = response.headers.get('location')
      const text = await response.text()
      if (location === null) {
        return { url: url.href, status: response.status, headers: response.headers, text }
      }
      const next = new URL(location, url)
      if (next.origin !== url.origin) {
        return { url: next.href, status: response.status, headers: response.headers, text: '' }
      }
      url = next
      request = { method: 'GET' }
    }
    throw new Error(`too many redirects from ${start}`)
  }

  const post: BrowserSession['post'] = (url, form, given = {}) =>
    go(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...given },
      body: form.toString(),
    })

  return {
    open: (url) => go(url, { method: 'GET' }),
    post,
    submit(page, values) {
      const form = new URLSearchParams()
      for (const [name, value] of hiddenFields(page.text)) form.append(name, value)
      for (const [name, value] of Object.entries(values)) {
        form.delete(name)
        for (const each of [value].flat()) form.append(name, each)
      }
      const action = /<form[^>]*\saction="([^"]*)"/.exec(page.text)?.[1] ?? ''
      return post(new URL(unescapeHtml(action), page.url).href, form)
    },
  }
}

/** Names and values of a page's hidden fields. */
export function hiddenFields(html: string): readonly (readonly [name: string, value: string])[] {
  const inputs = html.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []
  return inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')])
}

function attribute(tag: string, name: string): string {
  return unescapeHtml(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '')
}
