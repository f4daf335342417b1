import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { isRecord } from '../../server/json.ts'
import { operationNames } from '../support/listed-tools.ts'
import { TEST_SECRET_KEY } from '../support/flowtly.ts'
import { bearer } from '../support/oauth-client.ts'
import {
  describeWithPowerDns,
  PDNS_KEY,
  startPowerDns,
  type PowerDns,
} from '../support/powerdns.ts'
import { readAllBlocks } from '../support/site/documented.ts'
import { readPublishedPages } from '../support/site/printed-blocks.ts'
import { listExchanges, proveExchange } from '../support/site/printed-exchanges.ts'
import { createProjectCopy, type ProjectCopy } from '../support/project-copy.ts'
import { findFreePorts, startServerProcess } from '../support/server-process.ts'
import { crawlSite, findBrokenLinks, headingLevelsOf, isInOrder } from '../support/site-crawl.ts'
import { listGeneratedTools, type GeneratedTool } from './generated-tools.ts'
import { expectSameContent } from './same-content.ts'

const SERVER = '/api/v1/servers/localhost'
const ZONE = `${SERVER}/zones/example.org.`
const IN_SERVER = { server_id: 'localhost' }
const IN_ZONE = { ...IN_SERVER, zone_id: 'example.org.' }

/** One read of PowerDNS's document: what the tool is given, and the address that says the same. */
type Read = {
  readonly args: Readonly<Record<string, unknown>>
  readonly path: string
  /** Values of counters, which the two answers cannot share. */
  readonly isCounting?: true
}

/** Every GET that PowerDNS documents and that succeeds. */
const READS: Readonly<Record<string, Read>> = {
  'GET /servers': { args: {}, path: '/api/v1/servers' },
  'GET /servers/{server_id}': { args: IN_SERVER, path: SERVER },
  'GET /servers/{server_id}/zones': {
    args: { ...IN_SERVER, zone: 'example.org.', dnssec: false },
    path: `${SERVER}/zones?zone=example.org.&dnssec=false`,
  },
  'GET /servers/{server_id}/zones/{zone_id}': {
    args: { ...IN_ZONE, rrset_name: 'www.example.org.', rrset_type: 'A' },
    path: `${ZONE}?rrset_name=www.example.org.&rrset_type=A`,
  },
  'GET /servers/{server_id}/zones/{zone_id}/export': { args: IN_ZONE, path: `${ZONE}/export` },
  'GET /servers/{server_id}/config': { args: IN_SERVER, path: `${SERVER}/config` },
  'GET /servers/{server_id}/statistics': {
    args: { ...IN_SERVER, includerings: false },
    path: `${SERVER}/statistics?includerings=false`,
    isCounting: true,
  },
  'GET /servers/{server_id}/search-data': {
    args: { ...IN_SERVER, q: '*w*', max: 3, object_type: 'record' },
    path: `${SERVER}/search-data?q=*w*&max=3&object_type=record`,
  },
  'GET /servers/{server_id}/zones/{zone_id}/metadata': {
    args: IN_ZONE,
    path: `${ZONE}/metadata`,
  },
  'GET /servers/{server_id}/zones/{zone_id}/metadata/{metadata_kind}': {
    args: { ...IN_ZONE, metadata_kind: 'ALSO-NOTIFY' },
    path: `${ZONE}/metadata/ALSO-NOTIFY`,
  },
  'GET /servers/{server_id}/zones/{zone_id}/cryptokeys': {
    args: IN_ZONE,
    path: `${ZONE}/cryptokeys`,
  },
  'GET /servers/{server_id}/zones/{zone_id}/cryptokeys/{cryptokey_id}': {
    args: { ...IN_ZONE, cryptokey_id: '1' },
    path: `${ZONE}/cryptokeys/1`,
  },
  'GET /servers/{server_id}/tsigkeys': { args: IN_SERVER, path: `${SERVER}/tsigkeys` },
  'GET /servers/{server_id}/tsigkeys/{tsigkey_id}': {
    args: { ...IN_SERVER, tsigkey_id: 'transfer.' },
    path: `${SERVER}/tsigkeys/transfer.`,
  },
  'GET /servers/{server_id}/autoprimaries': {
    args: IN_SERVER,
    path: `${SERVER}/autoprimaries`,
  },
}

/** What PowerDNS documents, and refuses whatever it is asked. */
const REFUSED: Readonly<Record<string, Read>> = {
  'GET /error': { args: {}, path: '/api/v1/error' },
  'GET /servers/{server_id}/config/{config_setting_name}': {
    args: { ...IN_SERVER, config_setting_name: 'launch' },
    path: `${SERVER}/config/launch`,
  },
}
/** What the document says that all answers are; asked for nothing, PowerDNS writes some as text. */
const AS_JSON = { headers: { accept: 'application/json' } }

describeWithPowerDns('a connector for PowerDNS, which nobody here wrote', () => {
  let pdns: PowerDns
  let project: ProjectCopy
  let client: Client
  let origin: string
  let apiKey: string
  let tools: readonly GeneratedTool[]

  const opened = new AsyncDisposableStack()

  beforeAll(async () => {
    project = createProjectCopy()
    opened.defer(() => project.remove())
    pdns = await startPowerDns()
    opened.defer(pdns.close)
    await fillPowerDns(pdns)
    await makeConnector(pdns, project)
    const [name = ''] = readdirSync(join(project.folder, 'generated'))
    tools = listGeneratedTools(join(project.folder, 'generated', name))
    const env = {
      CONNECTOR: name,
      UPSTREAM_URL: pdns.url + '/api/v1',
      UPSTREAM_CREDENTIAL: PDNS_KEY,
      SECRET_KEY: TEST_SECRET_KEY.reveal(),
    }
    const [port = 0] = await findFreePorts(1)
    const server = await startServerProcess(port, env, project.folder)
    opened.defer(async () => {
      await server.stop()
    })
    const admin = ['server/admin/main.ts', 'keys', 'create', '--org', 'main']
    const printedKey = await project.run([...admin, '--name', 'test', '--scopes', 'all'], env)
    apiKey = printedKey.trim()
    client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } })
    const requestInit = { headers: bearer(apiKey) }
    opened.defer(() => client.close())
    origin = server.url
    const url = new URL('/mcp', origin)
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
  }, 120_000)

  afterAll(() => opened.disposeAsync())

  function find(reference: string): GeneratedTool {
    const tool = tools.find(({ operation }) => operation === reference)
    if (tool === undefined) throw new Error(`no tool for ${reference}`)
    return tool
  }

  it('has a tool for every read that the document describes', async () => {
    const documented = await listReads(pdns)

    expect(documented).toEqual([...Object.keys(READS), ...Object.keys(REFUSED)].sort())
    expect(tools.map(({ operation }) => operation).sort()).toEqual(documented)
  })

  it('lists its tools to a client', async () => {
    const { tools: listed } = await client.listTools()

    expect([...operationNames(listed)].sort()).toEqual(tools.map(({ name }) => name).sort())
  })

  it.each(Object.entries(READS))('answers %s as PowerDNS itself does', async (reference, read) => {
    const tool = find(reference)

    const result = await client.callTool({ name: tool.name, arguments: { ...read.args } })
    const direct = await pdns.ask(read.path, AS_JSON)

    expect(direct.status).toBe(200)
    await expectSameContent(result, direct, tool, { isCounting: read.isCounting ?? false })
  })

  it.each([
    ...Object.entries(REFUSED),
    [
      'GET /servers/{server_id}/zones/{zone_id}',
      { args: { ...IN_SERVER, zone_id: 'no.example.' }, path: `${SERVER}/zones/no.example.` },
    ] as const,
  ])('passes the refusal of %s on, with its status', async (reference, { args, path }) => {
    const { name } = find(reference)
    const direct = await pdns.ask(path, AS_JSON)

    const call = client.callTool({ name, arguments: { ...args } })

    expect(direct.ok).toBe(false)
    await expect(call).rejects.toMatchObject({ code: -32_000, data: { status: direct.status } })
  })

  it('has a documentation that nobody wrote a word of', async () => {
    const pages = await crawlSite({ from: new URL('/', origin).href })
    const written = pages.filter(({ path, html }) => /^\/(?:$|docs\/)/.test(path) && html !== '')
    const whole = await (await fetch(new URL('/llms-full.txt', origin))).text()

    expect(written.length).toBeGreaterThan(12)
    expect(findBrokenLinks(pages)).toEqual([])
    expect(written.filter(({ html }) => !isInOrder(headingLevelsOf(html)))).toEqual([])
    for (const { name } of tools) expect(whole).toContain(`## ${name}`)
    expect(whole).toMatch(/Last synced \| \d{4}-\d\d-\d\d at \d\d:\d\d UTC/)
    expect(whole.match(/.*(?:flowtly|(?<!=== )undefined|\[object).*/gi)).toBeNull()
  })

  it('has pages that say what it does, each request with the answer that it brings', async () => {
    const pages = await readPublishedPages(origin)
    const exchanges = listExchanges(readAllBlocks(pages))
    const differences: string[] = []

    for (const exchange of exchanges) {
      differences.push(...(await proveExchange(exchange, { TOKEN: apiKey })))
    }

    // PowerDNS answers with members that its own document does not have.
    const wrong = differences.filter((line) => !line.endsWith('_url: not printed'))
    expect(wrong).toEqual([])
    expect(exchanges.length).toBeGreaterThan(10)
  })

  it('has drifted from nothing since', async () => {
    const printed = await project.run(['codegen/sync.ts', '--check'], {
      DOCUMENT_CREDENTIAL: PDNS_KEY,
    })

    expect(printed).toContain('is what')
  })
})

/** The steps of the README: the live document, a proposal for it, and its tools. */
async function makeConnector(pdns: PowerDns, project: ProjectCopy): Promise<void> {
  const url = `${pdns.url}/api/docs`
  const document = await pdns.ask('/api/docs', AS_JSON)
  project.write('document.json', Buffer.from(await document.arrayBuffer()))
  const init = ['codegen/init/main.ts', '--spec', 'document.json', '--out', 'specs/pdns', '--yes']
  await project.run(init)
  project.write('specs/pdns/source.json', JSON.stringify({ url, header: 'X-API-Key' }))
  await project.run(['codegen/sync.ts'], { DOCUMENT_CREDENTIAL: PDNS_KEY })
  await project.run(['codegen/cli.ts', '--check'])
}

/** A zone with all that can be read of one; PowerDNS's own API is what writes it. */
async function fillPowerDns({ ask }: PowerDns): Promise<void> {
  const www = { content: '192.0.2.7', disabled: false }
  const records = { name: 'www.example.org.', type: 'A', ttl: 300, records: [www] }
  const zone = { name: 'example.org.', kind: 'Native', nameservers: ['ns1.example.org.'] }
  const posts: readonly (readonly [path: string, body: object])[] = [
    [`${SERVER}/zones`, { ...zone, rrsets: [records] }],
    [`${SERVER}/zones`, { ...zone, name: 'example.net.' }],
    [`${ZONE}/metadata`, { kind: 'ALSO-NOTIFY', metadata: ['192.0.2.1'] }],
    [`${ZONE}/cryptokeys`, { keytype: 'csk', active: true }],
    [`${SERVER}/tsigkeys`, { name: 'transfer', algorithm: 'hmac-sha256' }],
    [`${SERVER}/autoprimaries`, { ip: '192.0.2.2', nameserver: 'ns2.example.org.', account: 'a' }],
  ]
  for (const [path, body] of posts) {
    const answer = await ask(path, { method: 'POST', body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
}

/** Every GET of the document, as PowerDNS publishes it. */
async function listReads({ ask }: PowerDns): Promise<readonly string[]> {
  const document: unknown = await (await ask('/api/docs', AS_JSON)).json()
  const paths = isRecord(document) && isRecord(document['paths']) ? document['paths'] : {}
  const reads = Object.entries(paths).filter(([, item]) => isRecord(item) && 'get' in item)
  return reads.map(([path]) => `GET ${path}`).sort()
}
