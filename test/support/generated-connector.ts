import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowEveryGet } from '../../bench/codegen/every-get.ts'
import { loadConnector, type LoadedConnector, type Published } from '../../server/connector.ts'
import { createLog } from '../../server/log.ts'
import type { Connector } from '../../server/mcp/tool.ts'
import { startConnector } from '../../server/start.ts'
import { parseDocs } from '../../site/docs.ts'
import type { VendorDocument } from '../corpus/documents.ts'
import { prepareProject } from '../corpus/run-workers.ts'
import { importConnector } from '../requests/judge-folder.ts'
import { readTestConfig, TEST_SECRET_KEY, type TestConnector } from './flowtly.ts'
import { runNode } from './run.ts'

/** A connector of a vendor's document, in a folder of its own. */
export type GeneratedConnector = LoadedConnector & {
  readonly published: Published
  readonly remove: () => void
}

/** Makes every GET of a document a tool, as the whole generator does it. */
export async function generateEveryGet({ path }: VendorDocument): Promise<GeneratedConnector> {
  const project = mkdtempSync(join(tmpdir(), 'sluice-every-get-'))
  prepareProject(project)
  const out = join(project, 'out')
  const { spec, allow } = await allowEveryGet(path, join(project, 'spec'))
  // In a process of its own, whose memory is given back.
  const { code, stdout, stderr } = await runNode([
    'codegen/cli.ts',
    ...['--spec', spec, '--allow', allow, '--out', out, '--fail-on', 'none'],
  ])
  if (code !== 0) throw new Error(`${stdout}${stderr}`)
  const docs: unknown = JSON.parse(readFileSync(join(out, 'docs.json'), 'utf8'))
  const document: unknown = JSON.parse(readFileSync(join(out, 'openapi.json'), 'utf8'))
  return {
    connector: await importConnector(out),
    document,
    published: { docs: parseDocs(docs), searchIndex: readFileSync(join(out, 'search.json')) },
    remove: () => rmSync(project, { recursive: true }),
  }
}

/** The connector, with people who sign in as they do to the shipped one: its upstream is a test's. */
export async function withShippedLogin(connector: Connector): Promise<Connector> {
  const { connector: shipped } = await loadConnector('flowtly')
  return { ...connector, upstream: shipped.upstream }
}

/** Starts the real server for it. */
export async function startGenerated(
  { document, published }: GeneratedConnector,
  connector: Connector,
  upstreamUrl: string,
): Promise<TestConnector> {
  const log: string[] = []
  const { publicUrl, port, close } = await startConnector({
    config: readTestConfig({}),
    secretKey: TEST_SECRET_KEY,
    ...{ connector, document, published },
    upstreamUrl: new URL(upstreamUrl),
    log: createLog({ level: 'trace', destination: { write: (line) => void log.push(line) } }),
  })
  return { url: publicUrl.origin, port, log, close, [Symbol.asyncDispose]: close }
}
