import { startBrowserSession, type BrowserSession, type Page } from './browser-session.ts'
import { fetchAt } from './fetch-at.ts'
import {
  authorizationUrl,
  createPkce,
  decide,
  REDIRECT_URI,
  signIn,
  type Person,
  type TestClient,
} from './oauth-client.ts'
import type { Answer } from './rpc.ts'

/** An answer with its JSON, whatever members that has. */
export type JsonAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/** A code that a client has got, and what it takes to exchange it. */
export type Granted = {
  readonly client: TestClient
  readonly code: string
  readonly verifier: string
}

/** A client of one host's authorization server and connector. */
export type RealmClient = {
  readonly origin: string
  readonly get: (path: string) => Promise<JsonAnswer>
  readonly register: () => Promise<TestClient>
  /** Opens the sign-in page in a browser. */
  readonly open: (client: TestClient) => Promise<{
    readonly session: BrowserSession
    readonly page: Page
    readonly verifier: string
  }>
  /** Registers and goes the whole way of a browser. */
  readonly authorize: (person?: Person) => Promise<Granted>
  readonly token: (params: Readonly<Record<string, string>>) => Promise<JsonAnswer>
  readonly exchange: (granted: Granted) => Promise<JsonAnswer>
  readonly refresh: (client: TestClient, refreshToken: string) => Promise<JsonAnswer>
  /** Calls a tool; what is refused before it is answered without JSON-RPC. */
  readonly call: (headers: Readonly<Record<string, string>>, tool?: string) => Promise<Answer>
}

/**
 * Makes one for a host that need not have a name here.
 *
 * @param port where the server listens on this machine
 */
export function createRealmClient(origin: string, port: number): RealmClient {
  const send = fetchAt(port)

  async function toJson(response: Response): Promise<JsonAnswer> {
    const body: unknown = await response.json()
    if (typeof body !== 'object' || body === null) throw new Error('no JSON object')
    return { status: response.status, headers: response.headers, body: { ...body } }
  }
  const post = (path: string, body: string, headers: Readonly<Record<string, string>>) =>
    send(`${origin}${path}`, { method: 'POST', headers, body })
  const token: RealmClient['token'] = async (params) => {
    const body = new URLSearchParams(params).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return toJson(await post('/oauth/token', body, headers))
  }

  async function register(): Promise<TestClient> {
    const metadata = { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' }
    const headers = { 'content-type': 'application/json' }
    const { body } = await toJson(await post('/oauth/register', JSON.stringify(metadata), headers))
    return { client_id: String(body['client_id']), redirect_uri: REDIRECT_URI }
  }

  async function open(client: TestClient) {
    const { verifier, challenge } = createPkce()
    const session = startBrowserSession({ send })
    const page = await session.open(authorizationUrl(origin, client, challenge))
    return { session, page, verifier }
  }

  return {
    origin,
    get: async (path) => toJson(await send(`${origin}${path}`)),
    register,
    open,
    async authorize(person = {}) {
      const client = await register()
      const { session, page, verifier } = await open(client)
      const consent = await signIn(session, page, person)
      const { url } = await decide(session, consent, person)
      const code = new URL(url).searchParams.get('code')
      if (code === null) throw new Error(`no code: ${url}`)
      return { client, code, verifier }
    },
    token,
    exchange: ({ client, code, verifier }) =>
      token({
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        client_id: client.client_id,
        redirect_uri: client.redirect_uri,
      }),
    refresh: (client, refreshToken) =>
      token({
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: client.client_id,
      }),
    async call(headers, tool = 'invoices.list') {
      const params = { name: tool, arguments: {} }
      const response = await post(
        '/mcp',
        JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
        { 'content-type': 'application/json', ...headers },
      )
      return { status: response.status, headers: response.headers, text: await response.text() }
    },
  }
}
