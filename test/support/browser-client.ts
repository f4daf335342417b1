import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import {
  authorizationUrl,
  createPkce,
  exchangeCode,
  registerClient,
  type TestClient,
  type Tokens,
} from './oauth-client.ts'
import { portOf } from './port.ts'

/** One connection that a client has begun and a person goes through with. */
export type Attempt = {
  readonly client: TestClient
  /** What the client opens in the browser. */
  readonly url: string
  readonly state: string
  /** The redirects that came back for it, oldest first. */
  readonly callbacks: () => readonly URL[]
  /** Exchanges the code of the last redirect. */
  readonly exchange: () => Promise<Tokens>
}

/** A program on this machine that connects people in their browser. */
export type BrowserClient = {
  readonly redirectUri: string
  /** Registers at an authorization server and makes an authorization request. */
  readonly begin: (
    origin: string,
    options?: {
      readonly name?: string
      readonly params?: Readonly<Record<string, string | null>>
    },
  ) => Promise<Attempt>
  readonly close: () => Promise<void>
}

/** Starts it; what a person sees at the end is the one word `Back`. */
export async function startBrowserClient(): Promise<BrowserClient> {
  const seen: URL[] = []
  const server = createServer((request, response) => {
    seen.push(new URL(request.url ?? '', redirectUri))
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end('<!doctype html><title>Client</title><link rel="icon" href="data:,"><p>Back</p>')
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const redirectUri = `http://127.0.0.1:${portOf(server)}/callback`

  return {
    redirectUri,
    async begin(origin, { name = 'Test client', params = {} } = {}) {
      const metadata = { client_name: name, redirect_uris: [redirectUri] }
      const client = await registerClient(origin, metadata)
      const { verifier, challenge } = createPkce()
      const state = randomBytes(8).toString('hex')
      const callbacks = () => seen.filter((url) => url.searchParams.get('state') === state)
      return {
        client,
        state,
        url: authorizationUrl(origin, client, challenge, { state, ...params }),
        callbacks,
        exchange() {
          const code = callbacks().at(-1)?.searchParams.get('code') ?? ''
          return exchangeCode(origin, client, { code, verifier })
        },
      }
    },
    async close() {
      const closed = Promise.withResolvers<undefined>()
      server.close(() => closed.resolve(undefined))
      server.closeAllConnections()
      await closed.promise
    },
  }
}
