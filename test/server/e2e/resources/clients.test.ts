import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readPointer } from '../../../../server/json.ts'
import { startWithDemo } from '../../../support/flowtly.ts'
import { RESOURCE_CLIENTS, type ResourceClient } from '../../../support/resource-clients.ts'

const ATTACHMENT = 'flowtly://attachments/{attachmentId}'
const JSON_TYPE = { mimeType: 'application/json' }

/** Each record that has a URI, and the tool that gives the same. */
const RECORDS: readonly (readonly [uri: string, tool: string, args: Record<string, unknown>])[] = [
  ['flowtly://invoices/inv_000380', 'invoices.get', { invoiceId: 'inv_000380' }],
  ['flowtly://contracts/ctr_0002', 'contracts.get', { contractId: 'ctr_0002' }],
  ['flowtly://counterparties/cp_0059', 'counterparties.get', { counterpartyId: 'cp_0059' }],
  ['flowtly://bankAccounts/ba_01', 'bankAccounts.get', { bankAccountId: 'ba_01' }],
  ['flowtly://attachments/att_0001', 'attachments.get', { attachmentId: 'att_0001' }],
  ['flowtly://attachments/', 'attachments.list', {}],
  ['flowtly://bankAccounts/', 'bankAccounts.list', {}],
  ['flowtly://contracts/', 'contracts.list', {}],
  ['flowtly://counterparties/', 'counterparties.list', {}],
  ['flowtly://invoices/', 'invoices.list', {}],
]

let running: Awaited<ReturnType<typeof startWithDemo>>

beforeAll(async () => {
  running = await startWithDemo()
})

afterAll(() => running.close())

describe.each(RESOURCE_CLIENTS)('resources, for the %s,', (_name, connect) => {
  let client: ResourceClient

  beforeAll(async () => {
    client = await connect(new URL('/mcp', running.connector.url))
  })

  afterAll(() => client.close())

  it('are declared, without anything that is not there', () => {
    expect(client.capabilities).toMatchObject({ resources: {} })
    expect(client.capabilities).not.toHaveProperty('resources.subscribe')
    expect(client.capabilities).not.toHaveProperty('resources.listChanged')
  })

  it('are listed by their namespaces, in one page', async () => {
    const { resources, ...rest } = await client.list()

    expect(resources).toEqual(
      [
        ['attachments', 'Attachments'],
        ['bankAccounts', 'Bank accounts'],
        ['contracts', 'Contracts'],
        ['counterparties', 'Counterparties'],
        ['invoices', 'Invoices'],
      ].map(([name, title]) => ({
        uri: `flowtly://${name}/`,
        ...{ name, title, description: expect.any(String), ...JSON_TYPE },
      })),
    )
    expect(rest).not.toHaveProperty('nextCursor')
  })

  it('have templates, which say of what type they are where that is one', async () => {
    const { resourceTemplates } = await client.templates()

    const texts = { title: expect.any(String), description: expect.any(String) }
    expect(resourceTemplates).toEqual([
      { name: 'attachments.content', uriTemplate: `${ATTACHMENT}/content`, ...texts },
      ...[
        ['attachments.get', ATTACHMENT],
        ['bankAccounts.get', 'flowtly://bankAccounts/{bankAccountId}'],
        ['contracts.get', 'flowtly://contracts/{contractId}'],
        ['counterparties.get', 'flowtly://counterparties/{counterpartyId}'],
        ['invoices.get', 'flowtly://invoices/{invoiceId}'],
      ].map(([name, uriTemplate]) => ({ name, uriTemplate, ...texts, ...JSON_TYPE })),
    ])
  })

  it.each(RECORDS)('give for %s the bytes that %s gives', async (uri, tool, args) => {
    const { contents } = await client.read(uri)

    expect(contents).toEqual([{ uri, ...JSON_TYPE, text: await client.call(tool, args) }])
  })

  it.each(['att_0001', 'att_0002', 'att_0003'])(
    'give the content of %s as it was filed, with its type',
    async (id) => {
      const uri = `flowtly://attachments/${id}/content`
      const row = running.demo.database
        .prepare('SELECT content_type, content FROM attachments WHERE id = ?')
        .get(id)
      const mimeType = String(row?.['content_type'])
      const bytes = Buffer.from(row?.['content'] instanceof Uint8Array ? row['content'] : [])

      const { contents } = await client.read(uri)

      const body = mimeType.startsWith('text/')
        ? { text: bytes.toString() }
        : { blob: bytes.toString('base64') }
      expect(bytes.length).toBeGreaterThan(0)
      expect(contents).toEqual([{ uri, mimeType, ...body }])
    },
  )

  it('are followed from a list to the record of another namespace', async () => {
    const list: unknown = JSON.parse(await client.call('contracts.list', { pageSize: 1 }))
    const uri = String(readPointer(list, '/data/0/counterparty/_uri'))

    const [{ text = '' } = {}] = (await client.read(uri)).contents

    const counterparty: unknown = JSON.parse(text)
    for (const member of ['id', 'name']) {
      const shown = readPointer(list, `/data/0/counterparty/${member}`)
      expect(readPointer(counterparty, `/${member}`)).toBe(shown)
    }
  })

  it.each([
    'flowtly://transactions/tx_000001',
    'flowtly://invoices',
    'https://example.com/',
    'file:///etc/passwd',
  ])('are unknown by %s', async (uri) => {
    await expect(client.read(uri)).rejects.toMatchObject({
      code: -32602,
      data: { uri },
    })
  })

  it('say of a record that there is none what the upstream says', async () => {
    await expect(client.read('flowtly://invoices/inv_999999')).rejects.toMatchObject({
      code: -32000,
      data: { status: 404, detail: expect.stringContaining('inv_999999') },
    })
  })

  it('have no second page', async () => {
    await expect(client.list('bm8')).rejects.toMatchObject({ code: -32602 })
  })
})
