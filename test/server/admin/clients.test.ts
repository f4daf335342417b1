import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startBrowserSession } from '../../support/browser-session.ts'
import { fetchAt } from '../../support/fetch-at.ts'
import {
  authorizationUrl,
  authorize,
  bearer,
  createPkce,
  exchangeCode,
  refreshTokens,
  registerClient,
  signIn,
  type TestClient,
} from '../../support/oauth-client.ts'
import { callTool, resultOf } from '../../support/rpc.ts'
import { storeKinds } from '../../support/stores.ts'
import {
  call,
  runHere,
  startDeployment,
  toResult,
  type JsonResult,
  type TestDeployment,
} from './deployment.ts'

const REDIRECT_URI = 'https://app.example/callback'
const OTHER = ['--name', 'Our app', '--type', 'other', '--redirect-uri', REDIRECT_URI] as const

function toClient({ first }: JsonResult, redirectUri = REDIRECT_URI): TestClient {
  const { clientId, clientSecret } = first
  return {
    client_id: String(clientId),
    ...(typeof clientSecret === 'string' && { client_secret: clientSecret }),
    redirect_uri: redirectUri,
  }
}

describe.each(storeKinds)('clients that the operator makes on $kind', (kind) => {
  let deployment: TestDeployment
  beforeAll(async () => {
    deployment = await startDeployment(kind)
  })
  afterAll(() => deployment.close())

  /** Asks the token endpoint with the secret in the header (RFC 6749, section 2.3.1). */
  async function exchangeWithBasic(
    client: TestClient,
    secret: string,
    { code, verifier }: { readonly code: string; readonly verifier: string },
  ) {
    const { client_id: id, redirect_uri: redirectUri } = client
    const response = await fetch(`${deployment.url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, code_verifier: verifier },
        redirect_uri: redirectUri,
      }),
    })
    return { status: response.status, text: await response.text() }
  }

  it('connect with their secret in the header or in the body, and with no other', async () => {
    const { url, admin, json } = deployment
    const client = toClient(await json(['clients', 'create', ...OTHER]))
    const secret = client.client_secret ?? ''

    const wrong = await exchangeWithBasic(client, 'wrong', await authorize(url, client))
    const basic = await exchangeWithBasic(client, secret, await authorize(url, client))
    const tokens = await exchangeCode(url, client, await authorize(url, client))
    const { client_id, redirect_uri } = client
    const without = await exchangeCode(
      url,
      { client_id, redirect_uri },
      await authorize(url, client),
    )
    const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))
    const list = await admin(['clients', 'list', '--kind', 'registered'])

    expect(secret).toMatch(/^[\w-]{43}$/)
    expect(wrong).toMatchObject({ status: 401, text: expect.stringContaining('invalid_client') })
    expect(basic).toMatchObject({ status: 200, text: expect.stringContaining('refresh_token') })
    expect(without.error).toBe('invalid_client')
    expect(resultOf(answer)).toHaveProperty('data')
    expect(list.stdout).toMatch(new RegExp(`${client_id} +Our app +registered +other +active`))
    expect(list.stdout).not.toContain(secret)
  })

  it('are vouched for on the consent page, unlike one that registered itself', async () => {
    const { url, json } = deployment
    const made = toClient(await json(['clients', 'create', ...OTHER]))
    const own = await registerClient(url, { redirect_uris: [REDIRECT_URI] })

    const [vouched, unknown] = await Promise.all(
      [made, own].map((client) => consentText(url, client)),
    )

    expect(vouched).toContain('Our app')
    expect(vouched).not.toContain('Nobody has checked the name')
    expect(unknown).toContain('Nobody has checked the name')
  })

  it('connect one organization where they are made for it', async () => {
    const { url, admin, json, env } = deployment
    await admin(['orgs', 'add', 'globex', '--name', 'Globex'])
    const made = await json(['clients', 'create', ...OTHER, '--org', 'globex'])
    const client = toClient(made)

    const unknown = await runHere(['clients', 'create', ...OTHER, '--org', 'globexx'], env)
    const refused = await authorize(url, client)
    const { code } = await authorize(url, client, { email: 'owner@globex.example' })
    const listed = await json(['clients', 'list', '--org', 'globex'])
    const text = await admin(['clients', 'list'])

    expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('"globex"?') })
    expect(refused.code).toBe('')
    expect(code).not.toBe('')
    expect(listed.items).toMatchObject([
      { id: client.client_id, organizationId: 'globex', liveGrants: 1 },
    ])
    expect(text.stdout).toMatch(new RegExp(`${client.client_id} .+ active +globex +- +1 `))
  })

  it('stop at once when they are deactivated, and go on when they are activated', async () => {
    const { url, admin, json } = deployment
    const client = toClient(await json(['clients', 'create', ...OTHER]))
    const id = client.client_id
    const tokens = await exchangeCode(url, client, await authorize(url, client))
    const request = authorizationUrl(url, client, createPkce().challenge)
    const statusOf = async () => (await call(url, bearer(tokens.access_token))).status
    const before = await statusOf()

    const off = await admin(['clients', 'deactivate', id])
    const page = await fetch(request, { redirect: 'manual' })
    const whileOff = await statusOf()
    const refreshed = await refreshTokens(url, client, tokens.refresh_token)
    const on = await admin(['clients', 'activate', id])

    expect(before).toBe(200)
    expect(off).toMatchObject({ code: 0, stdout: 'Client "Our app" is inactive.\n' })
    expect(page.status).toBe(400)
    expect(whileOff).toBe(401)
    expect(refreshed).toMatchObject({ status: 401, error: 'invalid_client' })
    expect(on.code).toBe(0)
    expect(await statusOf()).toBe(200)
    expect((await refreshTokens(url, client, tokens.refresh_token)).status).toBe(200)
  })

  it('get another secret, and the old one is good no longer', async () => {
    const { url, admin, json } = deployment
    const client = toClient(await json(['clients', 'create', ...OTHER]))

    const rotated = await admin(['clients', 'rotate-secret', client.client_id])
    const secret = /client_secret +(\S+)/.exec(rotated.stdout)?.[1] ?? ''
    const old = await exchangeCode(url, client, await authorize(url, client))
    const renewed = { ...client, client_secret: secret }
    const fresh = await exchangeCode(url, renewed, await authorize(url, renewed))

    expect(rotated.stderr).toContain('not shown again')
    expect(old).toMatchObject({ status: 401, error: 'invalid_client' })
    expect(fresh.status).toBe(200)
  })

  it('have no secret where they are public', async () => {
    const { url, json, env } = deployment
    const made = await json(['clients', 'create', ...OTHER, '--public'])
    const client = toClient(made)

    const tokens = await exchangeCode(url, client, await authorize(url, client))
    const rotated = await runHere(['clients', 'rotate-secret', client.client_id], env)

    expect(made.first['clientSecret']).toBeNull()
    expect(tokens.status).toBe(200)
    expect(rotated).toMatchObject({ code: 1, stderr: expect.stringContaining('is public') })
  })

  it.each([
    ['claude', 'https://claude.ai/api/mcp/auth_callback', []],
    ['claude', 'https://claude.com/api/mcp/auth_callback', []],
    ['chatgpt', 'https://chatgpt.com/connector_platform_oauth_redirect', []],
    ['claude-code', 'http://localhost:51234/callback', []],
    ['claude-code', 'http://127.0.0.1:51234/callback', []],
    ['other', 'cursor://anysphere.cursor/callback', ['cursor://anysphere.cursor/callback']],
    ['other', 'https://a.example/cb?x=', ['https://a.example/cb?x=', 'http://[::1]:7/cb']],
    ['claude', 'https://mine.example/cb', ['https://mine.example/cb']],
  ])('of type %s are sent back to %s', async (type, redirectUri, given) => {
    const { url, env } = deployment
    const uris = given.flatMap((uri) => ['--redirect-uri', uri])
    const args = ['clients', 'create', '--name', 'Typed', '--type', type, ...uris, '--json']
    const client = toClient(toResult((await runHere(args, env)).stdout), redirectUri)

    const { callback } = await authorize(url, client)

    expect(callback.href).toContain(redirectUri)
    expect(callback.searchParams.get('code')).toMatch(/./)
  })

  it.each([
    ['http://app.example/callback', 'must begin with https:'],
    ['https://localhost/callback', 'must begin with http:'],
    ['https://app.example/callback#part', 'must have no fragment'],
    ['javascript:alert(1)', 'must be https, loopback, or a scheme'],
    ['https://user@app.example/', 'must be https, loopback, or a scheme'],
    ['/callback', 'is no absolute URI'],
  ])('are not sent back to %s', async (uri, message) => {
    const args = ['clients', 'create', '--name', 'x', '--type', 'other', '--redirect-uri', uri]

    const { code, stdout, stderr } = await runHere(args, deployment.env)

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })

  it.each([['deactivate'], ['activate'], ['rotate-secret']])(
    'end "clients %s" with 1 where there is none of that id',
    async (verb) => {
      const { code, stderr } = await runHere(['clients', verb, 'nobody'], deployment.env)

      expect({ code, stderr }).toEqual({ code: 1, stderr: 'error: there is no client "nobody"\n' })
    },
  )

  it('leave the secret of a client that registered itself alone', async () => {
    const { client_id: id } = await registerClient(deployment.url)

    const { code, stderr } = await runHere(['clients', 'rotate-secret', id], deployment.env)

    expect(code).toBe(1)
    expect(stderr).toContain('registered itself')
  })
})

describe.each(storeKinds)('a client of one organization’s host on $kind', (kind) => {
  it('exists there and nowhere else', async () => {
    const tenantHosts = '{tenant}.mcp.example.com'
    const deployment = await startDeployment(kind, { TENANT_HOSTS: tenantHosts })
    try {
      const { url, json } = deployment
      const made = await json(['clients', 'create', ...OTHER, '--tenant', 'acme'])
      const { port } = new URL(url)
      const statusAt = async (origin: string) => {
        const address = authorizationUrl(origin, toClient(made), createPkce().challenge)
        return (await fetchAt(Number(port))(address)).status
      }

      const statuses = await Promise.all(
        [`http://acme.mcp.example.com:${port}`, `http://globex.mcp.example.com:${port}`, url].map(
          statusAt,
        ),
      )
      const listed = await json(['clients', 'list'])

      expect(statuses).toEqual([303, 400, 400])
      expect(listed.first).toMatchObject({ tenant: 'acme' })
    } finally {
      await deployment.close()
    }
  })
})

async function consentText(url: string, client: TestClient): Promise<string> {
  const session = startBrowserSession()
  const page = await session.open(authorizationUrl(url, client, createPkce().challenge))
  return (await signIn(session, page)).text
}
