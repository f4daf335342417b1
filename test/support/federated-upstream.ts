import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { demoAccess } from '../../demo/access.ts'
import type { Demo } from '../../demo/server.ts'
import type { IdentityProvider } from './identity-provider.ts'
import { portOf } from './port.ts'

/** The demo as an upstream that takes the access tokens of an identity provider, and no others. */
export type FederatedUpstream = {
  /** The documented server, base path included. */
  readonly url: string
  /** Makes every access token so far answer 401; they can be renewed. */
  readonly expireAll: () => void
  /** Makes every token so far useless for good. */
  readonly revokeAll: () => void
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Starts a proxy before the demo: whoever an access token speaks for is signed in there.
 *
 * @param options.audience the resource that tokens must be meant for; by default it is not looked at
 */
export async function startFederatedUpstream(options: {
  readonly demo: Demo
  readonly identityProvider: IdentityProvider
  readonly audience?: string
}): Promise<FederatedUpstream> {
  const { demo, identityProvider, audience } = options
  const sessions = new Map<string, Promise<string>>()

  async function authorize({ headers }: IncomingMessage): Promise<string | null> {
    const [, token] = /^Bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
    const known = token === undefined ? null : await identityProvider.inspect(token)
    if (known === null || (audience !== undefined && known.audience !== audience)) return null
    const session = sessions.get(known.email) ?? openSession(demo, known.email)
    sessions.set(known.email, session)
    return `Bearer ${await session}`
  }

  const server = createServer((incoming, outgoing) => {
    authorize(incoming).then(
      (authorization) => {
        if (authorization === null) refuse(outgoing)
        else forward(demo, incoming, outgoing, authorization)
      },
      () => outgoing.destroy(),
    )
  })
  const listening = Promise.withResolvers<undefined>()
  server.listen(0, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise

  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    await closed.promise
  }
  return {
    url: `http://127.0.0.1:${portOf(server)}${new URL(demo.url).pathname}`,
    expireAll: () => identityProvider.expireAccessTokens(),
    revokeAll: () => identityProvider.revokeAll(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function openSession(demo: Demo, email: string): Promise<string> {
  const response = await fetch(`${demo.url}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: demoAccess.password }),
  })
  const session: unknown = await response.json()
  if (typeof session === 'object' && session !== null && 'token' in session) {
    return String(session.token)
  }
  throw new Error(`the demo does not know ${email}`)
}

function refuse(outgoing: ServerResponse): void {
  outgoing.writeHead(401, { 'content-type': 'application/problem+json' })
  outgoing.end(JSON.stringify({ title: 'Unauthorized', status: 401 }))
}

function forward(
  demo: Demo,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  authorization: string,
): void {
  const { hostname, port, host } = new URL(demo.url)
  const headers = { ...incoming.headers, host, authorization }
  const onward = request({ hostname, port, method: incoming.method, path: incoming.url, headers })
  onward.on('response', (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
  })
  onward.on('error', () => outgoing.destroy())
  incoming.pipe(onward)
}
