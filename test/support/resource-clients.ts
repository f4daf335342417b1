import { Client as ModernClient, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { credentials } from './flowtly.ts'

/** What a test asks of a client, whichever SDK it comes from. */
export type ResourceClient = {
  readonly capabilities: object | undefined
  readonly list: (cursor?: string) => Promise<{ readonly resources: readonly object[] }>
  readonly templates: () => Promise<{ readonly resourceTemplates: readonly object[] }>
  readonly read: (uri: string) => Promise<{ readonly contents: readonly Content[] }>
  /** The first text of a tool's result. */
  readonly call: (name: string, args: Record<string, unknown>) => Promise<string>
  readonly close: () => Promise<void>
}

/** One of `contents`. */
type Content = {
  readonly uri: string
  readonly mimeType?: string | undefined
  readonly text?: string
  readonly blob?: string
}

const INFO = { name: 'sluice-test', version: '1' }

async function connectV1(url: URL): Promise<ResourceClient> {
  const client = new LegacyClient(INFO)
  await client.connect(new LegacyTransport(url, { requestInit: { headers: credentials() } }))
  return {
    capabilities: client.getServerCapabilities(),
    list: (cursor) => client.listResources({ cursor }),
    templates: () => client.listResourceTemplates(),
    read: (uri) => client.readResource({ uri }),
    call: async (name, args) => firstText(await client.callTool({ name, arguments: args })),
    close: () => client.close(),
  }
}

async function connectV2(
  url: URL,
  mode: 'legacy' | { readonly pin: string },
): Promise<ResourceClient> {
  const client = new ModernClient(INFO, { versionNegotiation: { mode } })
  await client.connect(
    new StreamableHTTPClientTransport(url, { requestInit: { headers: credentials() } }),
  )
  return {
    capabilities: client.getServerCapabilities(),
    list: (cursor) => client.listResources(cursor === undefined ? {} : { cursor }),
    templates: () => client.listResourceTemplates(),
    read: (uri) => client.readResource({ uri }),
    call: async (name, args) => firstText(await client.callTool({ name, arguments: args })),
    close: () => client.close(),
  }
}

/** Every client of both eras, as the owner of `acme`. */
export const RESOURCE_CLIENTS: readonly (readonly [
  name: string,
  connect: (url: URL) => Promise<ResourceClient>,
])[] = [
  ['v1 client', connectV1],
  ['v2 client in legacy mode', (url) => connectV2(url, 'legacy')],
  ['v2 client pinned to 2026-07-28', (url) => connectV2(url, { pin: '2026-07-28' })],
]

function firstText(result: object): string {
  const content: unknown = 'content' in result ? result.content : null
  const first: unknown = Array.isArray(content) ? content[0] : null
  if (typeof first === 'object' && first !== null && 'text' in first) return String(first.text)
  throw new Error(`no text: ${JSON.stringify(result)}`)
}
