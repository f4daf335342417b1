import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { toJson, type Json } from './json.ts'
import type { Path } from './json-pointer.ts'
import type { Findings, Place, Problem } from './problem.ts'

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

/** Parses YAML or JSON. A file that is neither reports why and gives `null`. */
export function parseSourceFile(name: string, text: string, findings: Findings): SourceFile | null {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text
  const tree = lazyTree(body)
  const position: SourceFile['position'] = (path, on) => ({ file: name, ...tree().find(path, on) })
  const place = (offset: number) => ({ file: name, ...tree().at(offset), where: '' })
  const fail = (what: string, offset = 0) => {
    findings.problem(place(offset), what)
    return null
  }

  const json = parseJson(body)
  if (json !== null) {
    try {
      return { name, text, value: toJson(json), doubledKeys: [], position }
    } catch (error) {
      return fail(reasonOf(error))
    }
  }
  try {
    const { document } = tree()
    const doubledKeys: Problem[] = []
    for (const { code, message, pos } of document.errors) {
      if (code !== 'DUPLICATE_KEY') {
        return fail(`is not valid YAML: ${firstSentence(message)}`, pos[0])
      }
      const what = `the key ${JSON.stringify(wordAt(body, pos[0]))} appears twice`
      doubledKeys.push({ ...place(pos[0]), what, hint: null })
    }
    const value = toJson(document.toJS({ maxAliasCount: 1000 }))
    return { name, text, value, doubledKeys, position }
  } catch (error) {
    return fail(reasonOf(error))
  }
}

type Tree = {
  readonly document: ReturnType<typeof parseDocument>
  at(offset: number): { line: number; column: number }
  find(path: Path, on: 'key' | 'value'): { line: number; column: number }
}

/** Positions cost a second parse of a JSON document, so they wait until somebody asks. */
function lazyTree(body: string): () => Tree {
  let tree: Tree | null = null
  return () => (tree ??= buildTree(body))
}

function buildTree(body: string): Tree {
  const lineCounter = new LineCounter()
  const document = parseDocument(body, { lineCounter, merge: true, logLevel: 'silent' })
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const find: Tree['find'] = (path, on) => {
    let node: unknown = document.contents
    let offset = startOf(node) ?? 0
    for (const [index, step] of path.entries()) {
      const next = stepInto(document, node, step)
      if (next === null) break
      const isLast = index === path.length - 1
      offset = (isLast && on === 'key' ? next.key : startOf(next.value)) ?? next.key ?? offset
      node = next.value
    }
    return at(offset)
  }
  return { document, at, find }
}

function stepInto(
  document: Tree['document'],
  node: unknown,
  step: string,
): { key: number | null; value: unknown } | null {
  const holder = isAlias(node) ? node.resolve(document) : node
  if (isSeq(holder)) {
    const value = holder.items[Number(step)]
    return value === undefined ? null : { key: startOf(value), value }
  }
  if (!isMap(holder)) return null
  for (const pair of holder.items) {
    if (keyText(pair.key) === step) {
      return { key: startOf(pair.key), value: pair.value ?? pair.key }
    }
  }
  return null
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key)
}

function startOf(node: unknown): number | null {
  return isNode(node) ? (node.range?.[0] ?? null) : null
}

function parseJson(body: string): unknown {
  if (!/^\s*[{[]/.test(body)) return null
  try {
    const value: unknown = JSON.parse(body)
    return value
  } catch {
    return null // YAML's parser says where it goes wrong
  }
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
