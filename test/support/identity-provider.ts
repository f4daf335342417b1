import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { errors, type Adapter, type AdapterPayload } from 'oidc-provider'
import { demoAccess } from '../../demo/access.ts'
import { startBrowserSession } from './browser-session.ts'
import { portOf } from './port.ts'

/** The only resource (RFC 8707) that access tokens can be asked for. */
export const RESOURCE = 'https://api.federated.example/v1'

/** An identity provider of its own, such as an upstream's vendor has. */
export type IdentityProvider = {
  /** The issuer. */
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  /** E-mail addresses that can sign in; no passwords here. */
  readonly accounts: readonly string[]
  /** What it was asked since its start: method and path. */
  readonly requests: readonly string[]
  /** Whose access token that is and for whom; `null` where it does not live. */
  readonly inspect: (token: string) => Promise<Inspected | null>
  /** Ends all access tokens; they can be renewed. */
  readonly expireAccessTokens: () => void
  /** Ends everything it has issued, so that nothing can be renewed either. */
  readonly revokeAll: () => void
  readonly close: () => Promise<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** What an identity provider knows of an access token. */
export type Inspected = { readonly email: string; readonly audience: string | null }

/** Claims of a person, by address. */
type ClaimsOf = (email: string) => Readonly<Record<string, unknown>>

const CLIENT = { id: 'sluice-test', secret: 'a-secret-of-the-tests' }

/**
 * Starts a real identity provider, with a sign-in page of one field that also gives consent.
 *
 * @param options.port any free one by default
 * @param options.auth how its client proves itself at the token endpoint
 * @param options.claims what it knows of a person beside the address, which is also the name
 */
export async function startIdentityProvider(
  options: {
    readonly port?: number
    readonly auth?: 'client_secret_basic' | 'client_secret_post'
    readonly claims?: ClaimsOf
  } = {},
): Promise<IdentityProvider> {
  const { port = 0, auth = 'client_secret_basic', claims = () => ({}) } = options
  const server = createServer()
  const listening = Promise.withResolvers<undefined>()
  server.once('error', listening.reject)
  server.listen(port, '127.0.0.1', () => listening.resolve(undefined))
  await listening.promise
  const url = `http://127.0.0.1:${portOf(server)}`
  const models = createModels()
  const provider = await buildProvider(url, auth, claims, models.adapter)
  const handle = provider.callback()
  const requests: string[] = []
  server.on('request', (request, response) => {
    const path = request.url?.split('?', 1)[0] ?? ''
    requests.push(`${request.method ?? ''} ${path}`)
    if (path.startsWith('/sign-in/')) void showOrTake(provider, request, response)
    else void handle(request, response)
  })

  const close = async () => {
    const closed = Promise.withResolvers<undefined>()
    server.close(() => closed.resolve(undefined))
    server.closeAllConnections()
    await closed.promise
  }
  return {
    url,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    accounts: Object.values(demoAccess.emails),
    requests,
    async inspect(token) {
      const found = await provider.AccessToken.find(token)
      if (found?.isValid !== true) return null
      return { email: found.accountId, audience: [found.aud ?? []].flat()[0] ?? null }
    },
    expireAccessTokens: () => models.clear('AccessToken'),
    revokeAll: () => models.clear(),
    close,
    [Symbol.asyncDispose]: close,
  }
}

/**
 * Goes to the identity provider as a person does, with a browser of their own.
 *
 * @param email who signs in; `null` refuses
 * @returns where the browser is sent back to
 */
export async function visitIdentityProvider(url: URL, email: string | null): Promise<URL> {
  const session = startBrowserSession()
  const page = await session.open(url.href)
  const action = email === null ? 'refuse' : 'allow'
  const last = await session.submit(page, { email: email ?? '', action })
  return new URL(last.url)
}

async function buildProvider(
  issuer: string,
  auth: 'client_secret_basic' | 'client_secret_post',
  claimsOf: ClaimsOf,
  adapter: (model: string) => Adapter,
): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const provider = new Provider(issuer, {
    adapter,
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'test', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['a-cookie-key-of-the-tests'] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: ['http://127.0.0.1/any'],
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: auth,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientAuthMethods: [auth],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo(_ctx, resource) {
          if (resource !== RESOURCE) throw new errors.InvalidTarget()
          return { scope: 'api:read', audience: RESOURCE, accessTokenFormat: 'opaque' }
        },
      },
    },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    ttl: {
      AccessToken: 600,
      Grant: 3600,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 3600,
      Session: 600,
    },
    rotateRefreshToken: true,
    findAccount: (_ctx, email) => ({
      accountId: email,
      claims: () => ({ sub: email, email, name: email, ...claimsOf(email) }),
    }),
  })
  // The connector's port is not known before it starts.
  provider.Client.prototype.redirectUriAllowed = (uri) => URL.parse(uri)?.hostname === '127.0.0.1'
  return provider
}

/** Shows the page for GET and takes its form for POST. */
async function showOrTake(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const interaction = await provider.interactionDetails(request, response)
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    response.end(SIGN_IN_PAGE)
    return
  }
  const form = new URLSearchParams(await readText(request))
  const email = form.get('email') ?? ''
  if (form.get('action') !== 'allow' || email === '') {
    const refusal = { error: 'access_denied', error_description: 'The person refused.' }
    await provider.interactionFinished(request, response, refusal)
    return
  }
  const { client_id: clientId, scope } = interaction.params
  const grant = new provider.Grant({ accountId: email, clientId: String(clientId) })
  grant.addOIDCScope(String(scope))
  grant.addResourceScope(RESOURCE, 'api:read')
  const login = { accountId: email, remember: false }
  const consent = { grantId: await grant.save() }
  await provider.interactionFinished(request, response, { login, consent })
}

const SIGN_IN_PAGE = `<!doctype html>
<html lang="en"><head><title>Identity provider</title></head><body><main>
<h1>Who are you?</h1>
<form method="post" action="">
<label>Email <input name="email" type="email"></label>
<button name="action" value="allow">Sign in</button>
<button name="action" value="refuse">Refuse</button>
</form></main></body></html>`

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk)
  return text
}

/** All that the provider keeps, in memory, so that a test can take it away. */
function createModels() {
  const rows = new Map<string, AdapterPayload>()
  const find = (key: string) => Promise.resolve(rows.get(key))
  const remove = (isGone: (key: string, row: AdapterPayload) => boolean) => {
    for (const [key, row] of rows) if (isGone(key, row)) rows.delete(key)
  }
  const adapter = (model: string): Adapter => ({
    upsert(id, payload) {
      rows.set(`${model}:${id}`, payload)
      return Promise.resolve()
    },
    find: (id) => find(`${model}:${id}`),
    findByUid: (uid) => Promise.resolve(rows.values().find((row) => row.uid === uid)),
    findByUserCode: () => Promise.resolve(undefined),
    async consume(id) {
      const row = await find(`${model}:${id}`)
      if (row !== undefined) row.consumed = Math.floor(Date.now() / 1000)
    },
    destroy(id) {
      rows.delete(`${model}:${id}`)
      return Promise.resolve()
    },
    revokeByGrantId(grantId) {
      remove((_key, row) => row.grantId === grantId)
      return Promise.resolve()
    },
  })
  return {
    adapter,
    clear(model?: string) {
      remove((key) => model === undefined || key.startsWith(`${model}:`))
    },
  }
}
