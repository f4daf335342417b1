import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { ConfigError } from './config.ts'
import type { Connector } from './mcp/tool.ts'

const GENERATED = new URL('../generated/', import.meta.url)

/** A generated connector, loaded. */
export type LoadedConnector = {
  readonly connector: Connector
  /** The pruned document, as `GET /mcp/openapi.json` shows it. */
  readonly document: unknown
}

/**
 * Loads what `npm run generate` wrote for a connector.
 *
 * @param name a folder below `generated/`
 * @throws {ConfigError} where there is no such folder
 */
export async function loadConnector(name: string): Promise<LoadedConnector> {
  const folder = new URL(`${name}/`, GENERATED)
  if (!existsSync(new URL('index.ts', folder))) {
    throw new ConfigError([`CONNECTOR: "${name}" was not generated; run: npm run generate`])
  }
  const generated: unknown = await import(new URL('index.ts', folder).href)
  if (!isGenerated(generated)) throw new Error(`generated/${name}/index.ts exports no connector`)
  const document: unknown = JSON.parse(await readFile(new URL('openapi.json', folder), 'utf8'))
  return { connector: generated.connector, document }
}

/** `tsc` has proven the rest: `connector` is checked against its type where it is generated. */
function isGenerated(module: unknown): module is { readonly connector: Connector } {
  return typeof module === 'object' && module !== null && 'connector' in module
}
