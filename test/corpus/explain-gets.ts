import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CORE_SCHEMA, load } from 'js-yaml'
import { isObject, objectAt, toJson, type JsonObject } from '../../codegen/json.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']

/** Why a GET may be left out, as the allow-list says it; nothing else will do. */
export const REASONS: readonly string[] = [
  'They look as if they changed something. If one only reads, name it under "tools".',
  'They belong to signing in.',
  'Their answers have no end.',
  'They answer with a redirect, which is not followed.',
  'They are deprecated, and something else is there.',
  'They cannot be generated as the document describes them.',
]

/** What became of a document's operations, counted without any of the generator's code. */
export type Explained = {
  readonly operations: number
  readonly gets: number
  /** GETs that are no tool, with the reason that the allow-list gives. */
  readonly leftOut: readonly {
    readonly path: string
    readonly reason: string
    readonly why: string
  }[]
  /** GETs that are no tool, and nobody says why. */
  readonly unexplained: readonly string[]
}

/** Holds the GETs of a document against the tools' paths and the comments of its allow-list. */
export function explainGets(
  documentPath: string,
  toolPaths: readonly string[],
  allowList: string,
): Explained {
  const items = readPathItems(documentPath)
  const reasons = readReasons(allowList)
  const gets = items.flatMap(({ path, item }) => (isObject(item['get']) ? [path] : []))
  const others = gets.filter((path) => !toolPaths.includes(path))
  const leftOut = others.flatMap((path) => {
    const found = reasons.find(({ text }) => isAbout(text, path))
    return found === undefined ? [] : [{ path, reason: found.reason, why: found.text }]
  })
  return {
    operations: items
      .map(({ item }) => METHODS.filter((method) => isObject(item[method])).length)
      .reduce((sum, count) => sum + count, 0),
    gets: gets.length,
    leftOut,
    unexplained: others.filter((path) => !leftOut.some((each) => each.path === path)),
  }
}

/** A line names one operation: what follows its path is a summary or a reason. */
function isAbout(text: string, path: string): boolean {
  const start = `GET ${path.replace(/\s+/g, ' ')}`
  return text.startsWith(`${start} – `) || text.startsWith(`${start}: `)
}

function readReasons(
  allowList: string,
): readonly { readonly reason: string; readonly text: string }[] {
  let reason = ''
  return allowList.split('\n').flatMap((line) => {
    const [, bullet = '', text = ''] = /^# (- )?(.*)$/.exec(line) ?? []
    if (bullet === '') {
      reason = REASONS.find((known) => known === text) ?? ''
      return []
    }
    return reason === '' ? [] : [{ reason, text }]
  })
}

/** Path items may lie in files of their own. */
function readPathItems(
  documentPath: string,
): readonly { readonly path: string; readonly item: JsonObject }[] {
  const document = readDocument(documentPath)
  return Object.entries(objectAt(document['paths'])).map(([path, value]) => {
    const item = objectAt(value)
    const ref = item['$ref']
    return { path, item: typeof ref === 'string' ? follow(document, documentPath, ref) : item }
  })
}

function follow(document: JsonObject, documentPath: string, ref: string): JsonObject {
  const [file = '', pointer = ''] = ref.split('#')
  const root = file === '' ? document : readDocument(join(dirname(documentPath), file))
  return pointer
    .split('/')
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, step) => objectAt(at[step]), root)
}

function readDocument(path: string): JsonObject {
  const text = readFileSync(path, 'utf8')
  const value: unknown = path.endsWith('.json')
    ? JSON.parse(text)
    : load(text, { schema: CORE_SCHEMA, json: true })
  return objectAt(toJson(value))
}
