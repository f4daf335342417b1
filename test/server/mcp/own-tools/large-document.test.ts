import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { z } from 'zod'
import { listCorpus } from '../../../corpus/documents.ts'
import { credentials, type TestConnector } from '../../../support/flowtly.ts'
import {
  generateEveryGet,
  startGenerated,
  withShippedLogin,
  type GeneratedConnector,
} from '../../../support/generated-connector.ts'
import { startRawUpstream, writeJson, type RawUpstream } from '../../../support/raw-upstream.ts'

/** Of all documents of the corpus, the one with the most GETs. */
const LARGEST = 'kubernetes__swagger'
const INFO = { name: 'sluice-test', version: '1' }
const TWO_MINUTES_MS = 120_000

const largest = listCorpus()?.find(({ name }) => name === LARGEST)
const title = 'the largest document of the corpus'
const PODS = { kind: 'PodList', items: [{ metadata: { name: 'web-0' } }] }

/** What a test asks of a client, whichever SDK it comes from. */
type TestClient = {
  readonly listTools: () => Promise<{ readonly tools: readonly { readonly name: string }[] }>
  readonly callTool: (params: {
    readonly name: string
    readonly arguments: Record<string, unknown>
  }) => Promise<unknown>
  readonly close: () => Promise<void>
}

const told = z.looseObject({ content: z.tuple([z.object({ text: z.string() })]) })
const found = z.object({ tools: z.array(z.object({ name: z.string() })) })
const described = z.looseObject({
  name: z.string(),
  inputSchema: z.looseObject({ required: z.array(z.string()) }),
})

function parse(answer: unknown): unknown {
  return JSON.parse(told.parse(answer).content[0].text)
}

if (largest === undefined) {
  if ((process.env['CI'] ?? '') !== '') throw new Error('../shared/corpus is required in CI')
  process.stderr.write(`skipped: ${title} (../shared/corpus is not there)\n`)
  it.todo(title)
} else {
  describe(title, () => {
    let generated: GeneratedConnector
    let upstream: RawUpstream
    let running: TestConnector

    beforeAll(async () => {
      generated = await generateEveryGet(largest)
      upstream = await startRawUpstream()
      const connector = await withShippedLogin(generated.connector)
      running = await startGenerated(generated, connector, upstream.url)
    }, TWO_MINUTES_MS)

    afterAll(async () => {
      await running.close()
      await upstream.close()
      generated.remove()
    })

    const requestInit = { headers: credentials() }

    async function connectV1(): Promise<TestClient> {
      const client = new LegacyClient(INFO)
      await client.connect(new LegacyTransport(new URL('/mcp', running.url), { requestInit }))
      return {
        listTools: () => client.listTools(),
        callTool: (params) => client.callTool(params),
        close: () => client.close(),
      }
    }

    async function connectV2(mode: 'legacy' | { readonly pin: string }): Promise<TestClient> {
      const client = new ModernClient(INFO, { versionNegotiation: { mode } })
      const url = new URL('/mcp', running.url)
      await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
      return {
        listTools: () => client.listTools(),
        callTool: (params) => client.callTool(params),
        close: () => client.close(),
      }
    }

    it('has hundreds of tools, and costs a client less than 2,000 tokens to list', async () => {
      const client = await connectV1()
      const { tools } = await client.listTools()
      await client.close()

      expect(generated.connector.tools.length).toBeGreaterThan(500)
      expect(generated.connector.catalogue.tokens).toBeGreaterThan(100_000)
      expect(countTokens(JSON.stringify(tools))).toBeLessThan(2_000)
    })

    it.each<[string, () => Promise<TestClient>]>([
      ['v1 client', connectV1],
      ['v2 client in legacy mode', () => connectV2('legacy')],
      ['v2 client pinned to 2026-07-28', () => connectV2({ pin: '2026-07-28' })],
    ])('is listed, searched, described and called by the %s', async (_name, connect) => {
      const client = await connect()
      const paths: string[] = []
      upstream.answer = (socket, head) => {
        paths.push(head.split(' ')[1] ?? '')
        writeJson(socket, PODS)
      }

      const { tools } = await client.listTools()
      const search = { query: 'Which pods run in a namespace?', limit: 3 }
      const suggestions = found.parse(
        parse(await client.callTool({ name: 'tools.search', arguments: search })),
      )
      const name = suggestions.tools.find((tool) => /pods?$/i.test(tool.name))?.name ?? ''
      const one = described.parse(
        parse(await client.callTool({ name: 'tools.describe', arguments: { name } })),
      )
      const args = Object.fromEntries(one.inputSchema.required.map((key) => [key, 'shop']))
      const call = { name: 'tools.call', arguments: { name, arguments: args } }
      const pods = parse(await client.callTool(call))
      await client.close()

      expect(tools.map((tool) => tool.name)).toEqual(
        expect.arrayContaining(['tools.call', 'tools.describe', 'tools.search']),
      )
      expect(one.name).toBe(name)
      expect(paths).toEqual([expect.stringMatching(/^\/v1\/api\/v1\/namespaces\/shop\/pods/)])
      expect(pods).toMatchObject(PODS)
    })
  })
}
