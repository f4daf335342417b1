import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { startDemo, type Demo } from '../../../demo/server.ts'
import { loadConnector } from '../../../server/connector.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { toModelText } from '../../../server/texts/model-text.ts'
import { credentials, startFlowtly } from '../../support/flowtly.ts'
import { bearer, connect } from '../../support/oauth-client.ts'
import { publishText } from '../../support/publish-text.ts'
import { modernRpc, rpc, type RpcAnswer } from '../../support/rpc.ts'
import { storeKinds, type TestDatabase } from '../../support/stores.ts'
import { startSwitched } from '../../support/switched.ts'

const TOOL = 'invoices.list'
const GLOBEX = credentials('owner@globex.example', 'globex')
const OWN = { description: 'What customers owe Acme. <script>', instructions: 'Ask by number.' }
const SHOWN = 'What customers owe Acme. <script>\n\nAsk by number.'
const AUTHOR = { id: 'mem_01', name: 'Olga' }
/** As switches are: the longest that any instance may lag behind. */
const SEEN_WITHIN_MS = 2_000

const generated = await (async () => {
  const { connector } = await loadConnector('flowtly')
  const tool = connector.tools.find(({ name }) => name === TOOL)
  if (tool === undefined) throw new Error(`no ${TOOL}`)
  return toModelText(tool)
})()

describe('an organization’s own text of a tool', () => {
  let running: Awaited<ReturnType<typeof startSwitched>>
  beforeAll(async () => {
    running = await startSwitched({ RATE_LIMIT_PER_MINUTE: '10000' })
    for (const headers of [credentials(), GLOBEX]) await describeTool(running.url, headers)
  })
  afterEach(() =>
    running.change(({ toolTexts }) =>
      toolTexts.showGenerated({ organizationId: 'acme', tool: TOOL, author: AUTHOR }),
    ),
  )
  afterAll(() => running.close())

  it('is what its members’ clients are shown, in both eras and by any credential, and nobody else’s', async () => {
    const { url, change } = running
    const { tokens } = await connect(url)
    const before = await describeTool(url)

    await change((store) => publishText(store, { organizationId: 'acme', ...OWN }))

    const modern = await modernRpc(url, 'tools/list', {})
    expect(before).toBe(generated)
    expect(await describeTool(url)).toBe(SHOWN)
    expect(await describeTool(url, bearer(tokens.access_token))).toBe(SHOWN)
    expect(descriptionIn(modern)).toBe(SHOWN)
    expect(await describeTool(url, GLOBEX)).toBe(generated)
    expect(descriptionIn(await modernRpc(url, 'tools/list', {}, GLOBEX))).toBe(generated)
  })

  it('changes nothing else of the list, and nothing of a call', async () => {
    const { url, change } = running
    const list = async () => toolsIn(await rpc(url, 'tools/list'))
    const before = await list()

    await change((store) => publishText(store, { organizationId: 'acme', ...OWN }))

    expect(await list()).toEqual(
      before.map((tool) => (tool['name'] === TOOL ? { ...tool, description: SHOWN } : tool)),
    )
  })

  it('is not shown while it is a draft, nor once the generated one is shown again', async () => {
    const { url, change } = running
    const place = { organizationId: 'acme', tool: TOOL, author: AUTHOR }
    await running.store.toolTexts.saveDraft({ ...place, text: OWN })
    const drafted = await describeTool(url)
    await change((store) => publishText(store, { organizationId: 'acme', ...OWN }))
    const published = await describeTool(url)

    await change(({ toolTexts }) => toolTexts.showGenerated(place))

    expect([drafted, published]).toEqual([generated, SHOWN])
    expect(await describeTool(url)).toBe(generated)
  })

  it('of a tool that is gone or switched off shows nothing', async () => {
    const { url, change } = running
    await change((store) => publishText(store, { organizationId: 'acme', tool: 'no.more', ...OWN }))
    await change((store) => publishText(store, { organizationId: 'acme', ...OWN }))
    await change(({ switches }) => switches.turnOff('acme', TOOL))

    const tools = toolsIn(await rpc(url, 'tools/list'))
    await change(({ switches }) => switches.turnOn('acme', TOOL))

    expect(tools.map(({ name }) => name)).not.toContain('no.more')
    expect(JSON.stringify(tools)).not.toContain(OWN.description)
  })

  it('is shown under an underscored name, too', async () => {
    const underscored = await startSwitched({ TOOL_NAMES: 'underscored' })
    try {
      const { url, change } = underscored
      await describeTool(url)
      await change((store) => publishText(store, { organizationId: 'acme', ...OWN }))

      const tools = toolsIn(await rpc(url, 'tools/list'))

      const shown = tools.find(({ name }) => name === 'invoices_list')
      expect(shown?.['description']).toBe(SHOWN)
    } finally {
      await underscored.close()
    }
  })
})

describe.each(storeKinds)('two instances on one $kind database', ({ create }) => {
  let demo: Demo
  let database: TestDatabase
  let store: Store
  let connectors: readonly Awaited<ReturnType<typeof startFlowtly>>[] = []
  beforeAll(async () => {
    demo = await startDemo({ port: 0 })
    database = await create()
    const env = { DATABASE_URL: database.url }
    connectors = [await startFlowtly(demo.url, env), await startFlowtly(demo.url, env)]
    store = await openStore({ url: database.url, now: Date.now })
    for (const { url } of connectors) await describeTool(url)
  })
  afterAll(async () => {
    await store.close()
    for (const connector of connectors) await connector.close()
    await database.drop()
    await demo.close()
  })

  it('both show a text within two seconds of its publication, and of its end', async () => {
    const place = { organizationId: 'acme', tool: TOOL, author: AUTHOR }
    const untilAllShow = (text: string) =>
      Promise.all(connectors.map(({ url }) => msUntilShown(url, text)))

    await publishText(store, { organizationId: 'acme', ...OWN })
    const published = await untilAllShow(SHOWN)
    await store.toolTexts.showGenerated(place)
    const ended = await untilAllShow(generated)

    for (const ms of [...published, ...ended]) expect(ms).toBeLessThan(SEEN_WITHIN_MS)
  })
})

async function msUntilShown(url: string, text: string): Promise<number> {
  const started = performance.now()
  for (;;) {
    const ms = performance.now() - started
    if ((await describeTool(url)) === text) return ms
    if (ms > 15_000) throw new Error('still not shown')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function describeTool(
  url: string,
  headers?: Readonly<Record<string, string>>,
): Promise<unknown> {
  return descriptionIn(await rpc(url, 'tools/list', {}, headers))
}

function descriptionIn(answer: RpcAnswer): unknown {
  return toolsIn(answer).find(({ name }) => name === TOOL)?.['description']
}

function toolsIn({ result }: RpcAnswer): readonly Readonly<Record<string, unknown>>[] {
  const tools = result?.['tools']
  if (!Array.isArray(tools)) throw new Error('no list')
  return tools.map((tool: Readonly<Record<string, unknown>>) => tool)
}
