import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo } from '../../../../demo/server.ts'
import { openStore } from '../../../../server/store/open-store.ts'
import { approveInBrowser } from '../../../support/approve-in-browser.ts'
import { openAuditReader } from '../../../support/audit-reader.ts'
import { startBrowserSession, type Page } from '../../../support/browser-session.ts'
import { createDatabaseFile } from '../../../support/database-file.ts'
import { startFlowtly, type TestConnector } from '../../../support/flowtly.ts'
import {
  REDIRECT_URI,
  authorizationUrl,
  authorize,
  bearer,
  createPkce,
  exchangeCode,
  refreshTokens,
  signIn,
} from '../../../support/oauth-client.ts'
import { callTool, resultOf } from '../../../support/rpc.ts'
import { startDocumentServer, type DocumentServer } from '../../../support/tls/document-server.ts'
import { A_RESULT, latest } from './sdk-suite.ts'
import { openV2 } from './sdk-v2-session.ts'

let demo: Awaited<ReturnType<typeof startDemo>>
let documents: DocumentServer
let connector: TestConnector
beforeAll(async () => {
  demo = await startDemo({ port: 0 })
  documents = await startDocumentServer()
  connector = await startFlowtly(demo.url, {}, outbound())
})
afterAll(async () => {
  await connector.close()
  await documents.close()
  await demo.close()
})

/** The site of the documents is on this machine, which is where no document may be elsewhere. */
function outbound() {
  return { ca: documents.ca, isAllowedAddress: (address: string) => address === '127.0.0.1' }
}

/** Publishes a client's document at a path of its own; the client id is the address. */
function publishClient(path: string, changes: Readonly<Record<string, unknown>> = {}) {
  const id = `${documents.origin}${path}`
  const document = {
    client_id: id,
    client_name: 'Documented client',
    redirect_uris: [REDIRECT_URI],
    token_endpoint_auth_method: 'none',
    ...changes,
  }
  documents.publish(path, { body: JSON.stringify(document) })
  return { client_id: id, redirect_uri: REDIRECT_URI }
}

/** What the browser shows when a client asks for access. */
function openFor(
  client: ReturnType<typeof publishClient>,
  params: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const { challenge } = createPkce()
  const { url } = connector
  return startBrowserSession().open(authorizationUrl(url, client, challenge, params))
}

describe('a client that is known by its document', () => {
  it('is shown with its name and its address, and as one that nobody vouches for', async () => {
    const client = publishClient('/shown.json')
    const session = startBrowserSession()
    const { challenge } = createPkce()
    const page = await session.open(authorizationUrl(connector.url, client, challenge))

    const { text } = await signIn(session, page)

    expect(text).toContain('Documented client')
    expect(text).toContain(client.client_id)
    expect(text).toContain('class="warning"')
  })

  it('connects, without a registration', async () => {
    const client = publishClient('/connects.json')
    const { url } = connector

    const granted = await authorize(url, client)
    const tokens = await exchangeCode(url, client, granted)
    const answer = await callTool(url, 'invoices.list', {}, bearer(tokens.access_token))
    const refreshed = await refreshTokens(url, client, tokens.refresh_token)

    expect(resultOf(answer)).toHaveProperty('data')
    expect(refreshed.status).toBe(200)
    expect(documents.requests.filter((path) => path === '/connects.json')).toHaveLength(1)
  })

  it('may be the v2 client', async () => {
    const { client_id: id } = publishClient('/v2.json')
    const session = openV2(new URL('/mcp', connector.url), 'auto', { clientMetadataUrl: id })

    await expect(session.connect()).rejects.toThrow(/unauthorized/i)
    await session.finishAuth(await approveInBrowser(latest(session)))
    await session.connect()
    const result = await session.callTool('invoices.list')
    await session.close()

    expect(session.clientId()).toBe(id)
    expect(result).toMatchObject(A_RESULT)
  })

  it('is sent back to no address outside its document', async () => {
    const client = publishClient('/redirects.json')

    const page = await openFor(client, { redirect_uri: 'https://attacker.example/callback' })

    expect(page).toMatchObject({ status: 400, url: expect.stringContaining(connector.url) })
    expect(page.text).toContain('<h1>')
  })
})

describe('a document that is seen first', () => {
  it('is on record once, as the registration that it is', async () => {
    const database = await createDatabaseFile()
    const own = await startFlowtly(demo.url, { DATABASE_URL: database.url }, outbound())
    const store = await openStore({ url: database.url, now: Date.now })
    const audit = await openAuditReader(store)
    const client = publishClient('/recorded.json')
    const open = () =>
      startBrowserSession().open(authorizationUrl(own.url, client, createPkce().challenge))

    await open()
    const first = await audit.next(1)
    await open()

    expect(first).toEqual([
      expect.objectContaining({
        ...{ type: 'client.registered', outcome: 'success' },
        subject: `client:${client.client_id}`,
      }),
    ])
    expect(await audit.next(0)).toEqual([])
    await store.close()
    await own.close()
    await database.drop()
  })
})

describe('a document is refused', () => {
  it('for none of the reasons below where there is none', async () => {
    const page = await openFor(publishClient(`/refused/${encodeURIComponent('in order')}`))

    expect(page.status).toBe(200)
  })

  it.each([
    ['of another client', { client_id: 'https://other.example/client.json' }],
    ['with a slash more in its client id', { client_id: '/refused.json/' }],
    ['without a way back', { redirect_uris: undefined }],
    ['with a secret', { client_secret: 'not-a-secret' }],
    ['with a way back that is a script', { redirect_uris: ['javascript:alert(1)'] }],
    ['of more than 5 KiB', { padding: 'x'.repeat(5 * 1024) }],
  ])('%s', async (what, changes) => {
    const path = `/refused/${encodeURIComponent(what)}`

    const page = await openFor(publishClient(path, changes))

    expect(page).toMatchObject({ status: 400, url: expect.stringContaining(connector.url) })
    expect(documents.requests).toContain(path)
  })

  it.each([
    ['not found', { status: 404 }],
    ['gone', { status: 410 }],
    ['no JSON', { body: '<p>Not here</p>' }],
    ['no object', { body: '[]' }],
    ['failing, and never seen before', { status: 500 }],
    ['hanging up, and never seen before', null],
  ])('that is %s', async (what, answer) => {
    const path = `/odd/${encodeURIComponent(what)}`
    const client = publishClient(path)
    documents.publish(path, answer)

    const page = await openFor(client)

    expect(page).toMatchObject({ status: 400, url: expect.stringContaining(connector.url) })
    expect(documents.requests).toContain(path)
  })

  it.each([[301], [302], [303], [307], [308]])(
    'that is behind a redirect (%i), which is not followed',
    async (status) => {
      publishClient(`/target/${status}`)
      const client = publishClient(`/redirect/${status}`)
      documents.publish(`/redirect/${status}`, {
        status,
        headers: { location: `/target/${status}` },
      })

      const page = await openFor(client)

      expect(page.status).toBe(400)
      expect(documents.requests).toContain(`/redirect/${status}`)
      expect(documents.requests).not.toContain(`/target/${status}`)
    },
  )

  it.each([
    ['http://', (id: string) => id.replace('https://', 'http://')],
    ['a user name in it', (id: string) => id.replace('https://', 'https://someone@')],
    ['a fragment', (id: string) => `${id}#client`],
    ['a dot segment', (id: string) => id.replace('/address', '/x/../address')],
  ])('without being asked for, where its address has %s', async (what, change) => {
    const path = `/address/${encodeURIComponent(what)}`
    const client = publishClient(path)
    const id = change(client.client_id)

    const page = await openFor({ ...client, client_id: id })

    expect(page.status).toBe(400)
    expect(documents.requests).not.toContain(path)
  })

  it('without being asked for, where its site is on a private network', async () => {
    await using guarded = await startFlowtly(demo.url, {}, { ca: documents.ca })
    const client = publishClient('/private.json')
    const { challenge } = createPkce()

    const page = await startBrowserSession().open(authorizationUrl(guarded.url, client, challenge))

    expect(page.status).toBe(400)
    expect(documents.requests).not.toContain('/private.json')
  })
})

describe('a document that was good once', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sluice-documents-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it.each([
    ['fails', { status: 500 }],
    ['is asked for too often', { status: 429 }],
    ['hangs up', null],
  ])(
    'serves the connections that there are while its site %s, after a restart too',
    async (what, outage) => {
      const path = `/outage/${encodeURIComponent(what)}`
      const client = publishClient(path)
      const { tokens, restart } = await connectOnDisk(client, path)

      documents.publish(path, outage)
      await using again = await restart()
      const refreshed = await refreshTokens(again.url, client, tokens.refresh_token)
      const answer = await callTool(again.url, 'invoices.list', {}, bearer(refreshed.access_token))

      expect(documents.requests.filter((each) => each === path)).toHaveLength(2)
      expect(refreshed.status).toBe(200)
      expect(resultOf(answer)).toHaveProperty('data')
    },
  )

  it('ends with a 404, and a connection goes on where it is published again', async () => {
    const path = '/withdrawn.json'
    const client = publishClient(path)
    const { tokens, restart } = await connectOnDisk(client, path)

    documents.publish(path, { status: 404 })
    await using again = await restart()
    const refused = await refreshTokens(again.url, client, tokens.refresh_token)
    publishClient(path)
    const refreshed = await refreshTokens(again.url, client, tokens.refresh_token)

    expect(refused).toMatchObject({ status: 400, error: 'invalid_client' })
    expect(refreshed.status).toBe(200)
  })

  it("is not forgotten for what came after it and was not the client's", async () => {
    const path = '/replaced.json'
    const client = publishClient(path)
    const { tokens, restart } = await connectOnDisk(client, path)

    publishClient(path, { client_id: 'https://other.example/client.json' })
    await using again = await restart()
    const refused = await refreshTokens(again.url, client, tokens.refresh_token)
    documents.publish(path, { status: 500 })
    const refreshed = await refreshTokens(again.url, client, tokens.refresh_token)

    expect(refused).toMatchObject({ status: 400, error: 'invalid_client_metadata' })
    expect(refreshed.status).toBe(200)
  })

  /** Connects at a connector that keeps its store, stops it, and says how to start it again. */
  async function connectOnDisk(client: ReturnType<typeof publishClient>, path: string) {
    const name = path.replaceAll(/\W/g, '-')
    const env = { DATABASE_URL: `sqlite:${join(folder, `${name}.db`)}` }
    const first = await startFlowtly(demo.url, env, outbound())
    const tokens = await exchangeCode(first.url, client, await authorize(first.url, client))
    await first.close()
    const restart = () => startFlowtly(demo.url, { ...env, PORT: String(first.port) }, outbound())
    return { tokens, restart }
  }
})
