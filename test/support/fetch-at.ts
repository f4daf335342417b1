import { request } from 'node:http'

/** Sends one request and reads its answer whole; follows no redirect. */
export type FetchAt = (url: string, init?: RequestInit) => Promise<Response>

/**
 * Makes a `fetch` for hosts that have no name here: it connects to a port of this machine and sends
 * the URL's host, or whatever header `Host` the request has, which `fetch` does not allow.
 */
export function fetchAt(port: number): FetchAt {
  return async function fetchFromPort(url, init = {}) {
    const { host, pathname, search } = new URL(url)
    const body = await new Response(init.body ?? null).text()
    const answered = Promise.withResolvers<Response>()
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method: init.method ?? 'GET',
        path: `${pathname}${search}`,
        headers: { host, ...Object.fromEntries(new Headers(init.headers)) },
        agent: false,
      },
      (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', answered.reject)
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0
          const headers = new Headers()
          for (const [name, values] of Object.entries(incoming.headersDistinct)) {
            for (const value of values ?? []) headers.append(name, value)
          }
          const isEmpty = [204, 205, 304].includes(status)
          const text = isEmpty ? null : Buffer.concat(chunks)
          answered.resolve(new Response(text, { status, headers }))
        })
      },
    )
    sent.on('error', answered.reject)
    sent.end(body)
    return answered.promise
  }
}
