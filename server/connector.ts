import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { DocsError, parseDocs, type Docs } from '../site/docs.ts'
import { ConfigError } from './config.ts'
import type { Connector } from './mcp/tool.ts'

const WHAT_TO_DO = 'run: npm run generate'
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
    throw new ConfigError([`CONNECTOR: "${name}" was not generated; ${WHAT_TO_DO}`])
  }
  const generated: unknown = await import(new URL('index.ts', folder).href)
  if (!isGenerated(generated)) throw new Error(`generated/${name}/index.ts exports no connector`)
  const document: unknown = JSON.parse(await readFile(new URL('openapi.json', folder), 'utf8'))
  return { connector: generated.connector, document }
}

/** What the published documentation of a connector is made from. */
export type Published = {
  readonly docs: Docs
  /** What browsers search in, as it was generated. */
  readonly searchIndex: Buffer
}

/**
 * Loads what `npm run generate` wrote for the documentation of a connector.
 *
 * @param name a folder below `generated/`
 * @throws {ConfigError} where it was not generated, or by another version of the generator
 */
export async function loadPublished(name: string): Promise<Published> {
  const folder = new URL(`${name}/`, GENERATED)
  return {
    docs: readDocs(name, await readGenerated(folder, 'docs.json')),
    searchIndex: await readGenerated(folder, 'search.json'),
  }
}

function readDocs(name: string, bytes: Buffer): Docs {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return parseDocs(value)
  } catch (error) {
    const what = error instanceof DocsError ? error.message : 'is not JSON'
    throw new ConfigError([`CONNECTOR: generated/${name}/docs.json ${what}; ${WHAT_TO_DO}`])
  }
}

async function readGenerated(folder: URL, file: string): Promise<Buffer> {
  const path = new URL(file, folder)
  if (existsSync(path)) return readFile(path)
  const place = path.pathname.slice(new URL('..', GENERATED).pathname.length)
  throw new ConfigError([`CONNECTOR: ${place} is missing; ${WHAT_TO_DO}`])
}

/** `tsc` has proven the rest: `connector` is checked against its type where it is generated. */
function isGenerated(module: unknown): module is { readonly connector: Connector } {
  return typeof module === 'object' && module !== null && 'connector' in module
}
