import { CORE_SCHEMA, load, Type, YAMLException } from 'js-yaml'
import { createJsonPositions } from './json-positions.ts'
import { checkJson, MAX_DEPTH, toJson, type Json } from '../json.ts'
import { type Path } from '../json-pointer.ts'
import { createLineIndex } from './line-index.ts'
import type { Findings, Place, Problem } from '../problem.ts'
import { parseYamlTree, type YamlTree } from './yaml-tree.ts'

/** A parsed file that still knows where its values stand in the text. */
export type SourceFile = {
  /** As problems show it: the path that the command was given, with `/` between its parts. */
  readonly name: string
  readonly text: string
  readonly value: Json
  /** Keys that a mapping holds twice. They do not stop the reading, so they are told with the rest. */
  readonly doubledKeys: readonly Problem[]
  /** Line and column of a value, or of its key. A path that leads nowhere ends at its last known step. */
  position(path: Path, on: 'key' | 'value'): Pick<Place, 'file' | 'line' | 'column'>
}

/** YAML 1.2 as vendors write it: dates stay text, and `<<` merges. */
const VENDORS_YAML = CORE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (data) => data === '<<' }),
  ],
})

/**
 * Parses a document, as YAML or JSON, as leniently as it can be understood: strict readers refuse
 * files that are in production use. A file that is neither reports why and gives `null`.
 */
export function parseDocumentFile(
  name: string,
  text: string,
  findings: Findings,
): SourceFile | null {
  return parseFile(name, text, findings, readVendorsYaml)
}

/** Parses a file that the team itself writes, as YAML or JSON; every mistake in it is told. */
export function parseSourceFile(name: string, text: string, findings: Findings): SourceFile | null {
  return parseFile(name, text, findings, readStrictYaml)
}

type YamlText = {
  readonly body: string
  readonly tree: () => YamlTree
  readonly place: (offset: number) => Place
}
type ReadYaml = (yaml: YamlText) => Pick<SourceFile, 'value' | 'doubledKeys'>

/** The file cannot be read; `offset` is where it goes wrong. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly offset: number

  constructor(reason: string, offset: number) {
    super(reason)
    this.offset = offset
  }
}

function parseFile(
  name: string,
  text: string,
  findings: Findings,
  readYaml: ReadYaml,
): SourceFile | null {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const lineAt = createLineIndex(body)
  const place = (offset: number): Place => ({ file: name, ...lineAt(offset), where: '' })
  const positions = (find: () => (path: Path, on: 'key' | 'value') => number) => {
    let known: ReturnType<typeof find> | null = null
    const position: SourceFile['position'] = (path, on) => {
      known ??= find()
      return { file: name, ...lineAt(known(path, on)) }
    }
    return position
  }
  try {
    const json = parseJson(body)
    if (json !== undefined) {
      const position = positions(() => createJsonPositions(body))
      return { name, text, value: json, doubledKeys: [], position }
    }
    let parsed: YamlTree | null = null
    const tree = () => (parsed ??= parseYamlTree(body))
    const position = positions(() => (path, on) => tree().find(path, on))
    return { name, text, ...readYaml({ body, tree, place }), position }
  } catch (error) {
    const offset = error instanceof Unreadable ? error.offset : 0
    findings.problem(place(offset), reasonOf(error))
    return null
  }
}

function readStrictYaml({ body, tree, place }: YamlText): ReturnType<ReadYaml> {
  const { document } = tree()
  const [broken] = document.errors.filter(({ code }) => code !== 'DUPLICATE_KEY')
  if (broken !== undefined) {
    throw new Unreadable(`is not valid YAML: ${firstSentence(broken.message)}`, broken.pos[0])
  }
  const value = toJson(document.toJS({ maxAliasCount: 1000 }))
  return { value, doubledKeys: listDoubledKeys(body, tree(), place) }
}

/** Of a key that comes twice the last one counts, as in JSON. */
function readVendorsYaml({ body, tree, place }: YamlText): ReturnType<ReadYaml> {
  const options = { schema: VENDORS_YAML, maxDepth: MAX_DEPTH }
  try {
    return { value: toJson(load(body, options) ?? null), doubledKeys: [] }
  } catch (error) {
    if (!isDoubledKey(error)) throw translate(error)
  }
  try {
    const value = toJson(load(body, { ...options, json: true }) ?? null)
    return { value, doubledKeys: listDoubledKeys(body, tree(), place) }
  } catch (error) {
    throw translate(error)
  }
}

function isDoubledKey(error: unknown): boolean {
  return error instanceof YAMLException && error.reason === 'duplicated mapping key'
}

function translate(error: unknown): unknown {
  if (!(error instanceof YAMLException)) return error
  return new Unreadable(`is not valid YAML: ${error.reason}`, offsetOf(error))
}

/** Of what is wrong with the whole text there is no mark, whatever the package's types say. */
function offsetOf({ mark }: { readonly mark?: YAMLException['mark'] }): number {
  return mark?.position ?? 0
}

function listDoubledKeys(
  body: string,
  { document }: YamlTree,
  place: YamlText['place'],
): readonly Problem[] {
  return document.errors
    .filter(({ code }) => code === 'DUPLICATE_KEY')
    .map(({ pos }) => ({
      ...place(pos[0]),
      what: `the key ${JSON.stringify(wordAt(body, pos[0]))} appears twice`,
      hint: null,
    }))
}

/** `undefined` for what is not JSON: YAML's parser says where it goes wrong. */
function parseJson(body: string): Json | undefined {
  if (!/^\s*[{[]/.test(body)) return undefined
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  checkJson(value)
  return value
}

function wordAt(body: string, offset: number): string {
  const line = body.slice(offset, offset + 200).split('\n', 1)[0] ?? ''
  const groups = /^(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<plain>[^:]*))/.exec(line)?.groups
  return (groups?.['double'] ?? groups?.['single'] ?? groups?.['plain'] ?? line).trim()
}

function firstSentence(message: string): string {
  return (message.split('\n', 1)[0] ?? message).replace(/ at line \d+, column \d+:?$/, '')
}

function reasonOf(error: unknown): string {
  if (error instanceof RangeError || hasName(error, 'RangeError')) return 'is nested too deeply'
  if (error instanceof Error) return firstSentence(error.message)
  return String(error)
}

function hasName(error: unknown, name: string): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === name
}
