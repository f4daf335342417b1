import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { run } from '../services/programs.ts'
import { BENCH } from './install-peers.ts'
import type { PeerWay } from './peers.ts'

const GENERATOR = join(BENCH, 'node_modules/openapi-mcp-generator/bin/openapi-mcp-generator.js')
const SOURCES = ['index', 'streamable-http']

/**
 * Lets `openapi-mcp-generator` write its server, and compiles it.
 *
 * @returns what Node runs
 */
export async function generatePeer(
  { port, upstreamUrl, folder }: PeerWay,
  document: string,
): Promise<readonly string[]> {
  const out = join(folder, 'generated-peer')
  await run(process.execPath, [
    GENERATOR,
    ...['--input', document, '--output', out, '--base-url', upstreamUrl],
    ...['--transport', 'streamable-http', '--port', String(port)],
  ])
  symlinkSync(join(BENCH, 'node_modules'), join(out, 'node_modules'))
  mkdirSync(join(out, 'build'))
  for (const name of SOURCES) compile(join(out, `src/${name}.ts`), join(out, `build/${name}.js`))
  return [join(out, 'build/index.js'), '--transport=streamable-http']
}

function compile(from: string, to: string): void {
  const { outputText } = ts.transpileModule(readFileSync(from, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ES2022, target: ts.ScriptTarget.ES2022 },
  })
  writeFileSync(to, outputText)
}
