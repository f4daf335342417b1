import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createApiKey } from '../../../../server/access/api-keys.ts'
import { openStore } from '../../../../server/store/open-store.ts'
import type { Store } from '../../../../server/store/store.ts'
import { fetchAt } from '../../../support/fetch-at.ts'
import { credentials, startFlowtly, startWithDemo } from '../../../support/flowtly.ts'
import { bearer, claimsOf, signIn } from '../../../support/oauth-client.ts'
import { createRealmClient, type RealmClient } from '../../../support/realm-client.ts'
import { parseRpc, resultOf } from '../../../support/rpc.ts'

const ACME = { email: 'owner@acme.example' }
const GLOBEX = { email: 'owner@globex.example' }

describe('with a host for each organization', () => {
  let folder: string
  let store: Store
  let running: Awaited<ReturnType<typeof startWithDemo>>
  let main: RealmClient
  let acme: RealmClient
  let globex: RealmClient
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-tenants-'))
    const url = `sqlite:${join(folder, 'sluice.db')}`
    running = await startWithDemo({ DATABASE_URL: url, TENANT_HOSTS: '{tenant}.localhost' })
    store = await openStore({ url, now: Date.now })
    main = createRealmClient(running.connector.url, running.connector.port)
    acme = hostOf('acme.localhost')
    globex = hostOf('globex.localhost')
  })
  afterAll(async () => {
    await running.close()
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })
  const hostOf = (host: string) =>
    createRealmClient(`http://${host}:${running.connector.port}`, running.connector.port)
  const connect = async (host: RealmClient, person = ACME) => {
    const granted = await host.authorize(person)
    const { body } = await host.exchange(granted)
    return {
      client: granted.client,
      access: String(body['access_token']),
      refresh: String(body['refresh_token']),
    }
  }
  /** Makes a key as an administrator does, for whatever the token's grant may read. */
  const makeKey = async (accessToken: string) => {
    const { key, prefix, hash } = createApiKey('flowtly')
    const grantId = String(claimsOf(accessToken)['gid'])
    const scopes = ['invoices:read']
    await store.apiKeys.add({
      id: prefix,
      prefix,
      hash,
      name: 'k',
      grantId,
      scopes,
      expiresAt: null,
    })
    return key
  }

  it.each(['acme', 'globex'])('%s has its own issuer, metadata and audience', async (label) => {
    const host = hostOf(`${label}.localhost`)

    const server = await host.get('/.well-known/oauth-authorization-server')
    const resource = await host.get('/.well-known/oauth-protected-resource/mcp')
    const { access } = await connect(host, label === 'acme' ? ACME : GLOBEX)
    const unknown = await host.call({})

    const { body } = server
    const endpoints = ['token_endpoint', 'authorization_endpoint', 'registration_endpoint']
    expect(body['issuer']).toBe(host.origin)
    for (const name of endpoints) expect(String(body[name])).toMatch(`${host.origin}/oauth/`)
    expect(resource.body).toMatchObject({
      resource: `${host.origin}/mcp`,
      authorization_servers: [host.origin],
    })
    expect(claimsOf(access)).toMatchObject({
      iss: host.origin,
      aud: `${host.origin}/mcp`,
      org: label,
    })
    expect(unknown.headers.get('www-authenticate')).toContain(
      `resource_metadata="${host.origin}/.well-known/oauth-protected-resource/mcp"`,
    )
  })

  const elsewhere = () => [globex, main]

  it('an access token of one host works there only', async () => {
    const { access } = await connect(acme)

    const here = await acme.call(bearer(access))
    expect(resultOf(parseRpc(here.text))).toHaveProperty('data')
    for (const host of elsewhere())
      expect(await host.call(bearer(access))).toHaveProperty('status', 401)
    const { access: ofMain } = await connect(main)
    expect(await acme.call(bearer(ofMain))).toHaveProperty('status', 401)
  })

  it('a refresh token of one host is refused elsewhere, and not spent by that', async () => {
    const { client, refresh } = await connect(acme)

    for (const host of elsewhere()) {
      expect(await host.refresh(client, refresh)).toMatchObject({
        status: 401,
        body: { error: 'invalid_client' },
      })
      // Even a client of that host gets nothing for it.
      expect(await host.refresh(await host.register(), refresh)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant' },
      })
    }

    expect(await acme.refresh(client, refresh)).toHaveProperty('status', 200)
  })

  it('a code of one host is refused elsewhere, and not spent by that', async () => {
    const granted = await acme.authorize(ACME)

    for (const host of elsewhere()) {
      expect(await host.exchange(granted)).toHaveProperty('body.error', 'invalid_client')
      const client = await host.register()
      expect(await host.exchange({ ...granted, client })).toHaveProperty(
        'body.error',
        'invalid_grant',
      )
    }

    expect(await acme.exchange(granted)).toHaveProperty('status', 200)
  })

  it('a client of one host is unknown elsewhere', async () => {
    const client = await acme.register()

    for (const host of elsewhere()) {
      const { page } = await host.open(client)
      expect(page.status).toBe(400)
      expect(page.text).toContain('invalid_client')
    }
  })

  it('sign-in at a host offers its organization only', async () => {
    const person = { email: 'consultant@partners.example' }
    const { session, page } = await acme.open(await acme.register())

    const consent = await signIn(session, page, person)

    expect(page.text).toContain('For the organization <strong><bdi>acme</bdi></strong>')
    expect(consent.text).toContain('Acme Industries')
    expect(consent.text).not.toContain('Globex')
  })

  it.each([
    ['globex', 'acme', GLOBEX],
    ['acme', 'globex', ACME],
    ['acme', 'nobody', ACME],
  ])('a member of %s has nothing to connect at the host of %s', async (_from, label, person) => {
    const host = hostOf(`${label}.localhost`)
    const { session, page } = await host.open(await host.register())

    const after = await signIn(session, page, person)

    expect(after.status).toBe(403)
    expect(after.text).toContain('There is no organization to connect')
  })

  it('an API key works at its organization’s own host only', async () => {
    const { access } = await connect(globex, GLOBEX)
    const key = await makeKey(access)

    const here = await globex.call(bearer(key))
    expect(resultOf(parseRpc(here.text))).toHaveProperty('data')
    const there = await acme.call(bearer(key))
    expect(there.status).toBe(403)
    expect(there.text).toContain('This address is another organization’s.')
  })

  it.each([
    ['acme', 200],
    ['globex', 403],
  ])('API credentials of %s are answered %d at acme’s host', async (organization, status) => {
    const headers = credentials(`owner@${organization}.example`, organization)

    expect(await acme.call(headers)).toHaveProperty('status', status)
  })

  it.each(['a.b.localhost', '-.localhost', '.localhost', 'acme_.localhost', 'acme.localhost.'])(
    'on loopback, a host that matches no tenant (%s) is refused',
    async (host) => {
      expect(await issuerAt(running.connector.port, host)).toBe(403)
    },
  )

  it.each([
    ['localhost', ''],
    ['127.0.0.1:9', ''],
    ['acme.localhost', 'acme.localhost'],
    ['ACME.localhost:9', 'acme.localhost'],
  ])('on loopback, the host %s is that of %j', async (host, tenant) => {
    const { url, port } = running.connector
    const expected = tenant === '' ? url : `http://${tenant}:${port}`

    expect(await issuerAt(port, host)).toBe(expected)
  })

  it('behind a proxy, every host that matches no tenant is the main connector', async () => {
    await using proxied = await startFlowtly(running.demo.url, {
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://mcp.example.com',
      TENANT_HOSTS: '{tenant}.mcp.example.com',
    })
    const hosts = ['mcp.example.com', 'a.b.mcp.example.com', 'evil.example', '-.mcp.example.com']

    for (const host of hosts) {
      expect(await issuerAt(proxied.port, host)).toBe('https://mcp.example.com')
    }
    expect(await issuerAt(proxied.port, 'acme.mcp.example.com')).toBe(
      'https://acme.mcp.example.com',
    )
  })

  it('a label that is no organization gets no data, whatever the credential', async () => {
    const host = hostOf('nobody.localhost')
    const { access } = await connect(acme)
    const answers = [
      await host.call(bearer(access)),
      await host.call(bearer(await makeKey(access))),
      await host.call(credentials()),
    ]

    expect(answers.map(({ status }) => status)).toEqual([401, 403, 403])
  })

  describe('and an organization that was given another label', () => {
    let older: string
    beforeAll(async () => {
      older = (await connect(globex, GLOBEX)).access
      await store.organizations.setTenant('globex', 'northsea')
    })
    afterAll(() => store.organizations.setTenant('globex', null))

    it('is served there', async () => {
      const host = hostOf('northsea.localhost')

      const { access } = await connect(host, GLOBEX)

      expect(claimsOf(access)).toMatchObject({ iss: host.origin, org: 'globex' })
      const answer = await host.call(bearer(access))
      expect(resultOf(parseRpc(answer.text))).toHaveProperty('data')
    })

    it('is served at its old label no longer, and what was made there is refused', async () => {
      const { session, page } = await globex.open(await globex.register())

      const after = await signIn(session, page, GLOBEX)

      expect(after.text).toContain('There is no organization to connect')
      const headers = credentials(GLOBEX.email, 'globex')
      expect(await globex.call(headers)).toHaveProperty('status', 403)
      expect(await globex.call(bearer(older))).toHaveProperty('status', 403)
    })
  })
})

/** The issuer that a host's metadata names, or the status of the refusal. */
async function issuerAt(port: number, host: string): Promise<unknown> {
  const url = 'http://127.0.0.1/.well-known/oauth-authorization-server'
  const response = await fetchAt(port)(url, { headers: { host } })
  if (response.status !== 200) return response.status
  const metadata: unknown = await response.json()
  return metadata !== null && typeof metadata === 'object' && 'issuer' in metadata
    ? metadata.issuer
    : null
}
