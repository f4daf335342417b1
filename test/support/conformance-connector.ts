import { readFile } from 'node:fs/promises'
import { createLog } from '../../server/log.ts'
import type { Connector, Tool } from '../../server/mcp/tool.ts'
import { startConnector } from '../../server/start.ts'
import { parseDocs } from '../../site/docs.ts'
import { connector as generated } from '../golden/conformance/out/index.ts'
import { readTestConfig, TEST_SECRET_KEY } from './flowtly.ts'
import { startRawUpstream, write } from './raw-upstream.ts'

const OUT = new URL('../golden/conformance/out/', import.meta.url)

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
)
/** No sound at all. */
const WAV = Buffer.from('UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=', 'base64')

/** What the upstream has, by path. */
const FILES: Readonly<Record<string, readonly [type: string, body: string | Buffer]>> = {
  '/v1/texts/static': ['text/plain', 'This is a simple text response for testing.'],
  '/v1/texts/example': ['text/plain', 'Embedded resource content for testing.'],
  '/v1/files/image': ['image/png', PNG],
  '/v1/files/audio': ['audio/wav', WAV],
  '/v1/files/other': ['application/octet-stream', Buffer.of(0, 1, 2, 3)],
}

/**
 * Starts the connector that has what the official conformance suite asks for by name, before an
 * upstream that has it, too.
 */
export async function startConformanceConnector() {
  const upstream = await startRawUpstream()
  upstream.answer = (socket, head) => {
    const path = /^GET (\S+)/.exec(head)?.[1] ?? ''
    const id = /^\/v1\/template\/([^/]+)\/data$/.exec(path)?.[1]
    const data = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${String(id)}` })
    const file = id === undefined ? FILES[path] : (['application/json', data] as const)
    if (file === undefined) return write(socket, '404 Not Found', {}, '')
    const [type, body] = file
    write(socket, '200 OK', { 'content-type': type }, body)
  }
  const docs: unknown = JSON.parse(await readFile(new URL('docs.json', OUT), 'utf8'))
  const document: unknown = JSON.parse(await readFile(new URL('openapi.json', OUT), 'utf8'))
  const running = await startConnector({
    config: readTestConfig({ TOOL_NAMES: 'underscored' }),
    secretKey: TEST_SECRET_KEY,
    connector: withSuiteNames(generated),
    document,
    published: { docs: parseDocs(docs), searchIndex: Buffer.from('{}') },
    upstreamUrl: new URL(upstream.url),
    log: createLog({ level: 'silent' }),
  })
  const close = async () => {
    await running.close()
    await upstream.close()
  }
  return { url: running.publicUrl.origin, close, [Symbol.asyncDispose]: close }
}

/** The suite's names have more words than ours: `test.simpleText` is its `test_simple_text`. */
function withSuiteNames(connector: Connector): Connector {
  const rename = ({ name }: Tool) =>
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return { ...connector, tools: connector.tools.map((tool) => ({ ...tool, name: rename(tool) })) }
}
