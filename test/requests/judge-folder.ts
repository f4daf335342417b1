import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CORE_SCHEMA, load } from 'js-yaml'
import { objectAt, toJson, type JsonObject } from '../../codegen/json.ts'
import type { Connector } from '../../server/mcp/tool.ts'
import { startRecordingUpstream } from '../support/recording-upstream.ts'
import { judgeConnector } from './judge-connector.ts'
import type { Judgement } from './judgement.ts'

/** A generated connector, and how much of it is judged. */
export type FolderToJudge = {
  /** Where the generator's output lies. */
  readonly folder: string
  /** The file that it was generated from. */
  readonly source: string
  /** Its tools accept more than the document's schemas, for a known reason. */
  readonly isWidened: boolean
  readonly maxTools: number
  readonly callsPerTool: number
  readonly seed: number
}

/** Judges the requests of a generated connector against an upstream of its own. */
export async function judgeFolder(options: FolderToJudge): Promise<Judgement> {
  const { folder, source, ...limits } = options
  const connector = await importConnector(folder)
  await using upstream = await startRecordingUpstream()
  return await judgeConnector({
    connector,
    document: readDocument(folder, source),
    upstream,
    ...limits,
  })
}

/** Loads what was generated. */
export async function importConnector(folder: string): Promise<Connector> {
  const module: unknown = await import(pathToFileURL(join(folder, 'index.ts')).href)
  if (!isGenerated(module)) throw new Error(`${folder}/index.ts exports no connector`)
  return module.connector
}

/** `tsc` has proven the rest: `connector` is checked against its type where it is generated. */
function isGenerated(module: unknown): module is { readonly connector: Connector } {
  return typeof module === 'object' && module !== null && 'connector' in module
}

/**
 * Swagger 2.0 is judged as its vendor wrote it, unless it is in several files; anything else as it
 * was pruned.
 */
function readDocument(folder: string, source: string): JsonObject {
  const original = readYaml(source)
  const isWhole = 'swagger' in original && !/"\$ref":"[^#]/.test(JSON.stringify(original))
  return isWhole ? original : readYaml(join(folder, 'openapi.json'))
}

function readYaml(path: string): JsonObject {
  const text = readFileSync(path, 'utf8')
  const value: unknown = path.endsWith('.json')
    ? JSON.parse(text)
    : load(text, { schema: CORE_SCHEMA, json: true })
  return objectAt(toJson(value))
}
