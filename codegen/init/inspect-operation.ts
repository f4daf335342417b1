import { findAnswer, findContent } from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import type { OperationEntry } from '../document/document.ts'
import { foreignOrigin } from '../document/foreign-servers.ts'
import { isObject, objectAt, stringsAt, textAt, type Json } from '../json.ts'
import { valueAt } from '../json-pointer.ts'
import { parseMediaType } from '../document/media-type.ts'
import { listParameters } from '../request/parameter-list.ts'
import { buildParameters } from '../request/parameters.ts'
import { createFindings } from '../problem.ts'
import { toPlainText } from '../tool/plain-text.ts'
import { cutText } from '../tool/texts.ts'
import { proposePageSize, type PageSize } from './propose-page-size.ts'
import { proposeColumns } from './propose-columns.ts'
import { locateList } from './locate-list.ts'
import { proposeQuiet, type Quiet } from './propose-quiet.ts'
import { isSignIn, judgeChange, judgeStream } from './suspicious.ts'

/** Why an operation is not proposed; people may think otherwise only of what `changes` something. */
export type Obstacle = {
  readonly kind: 'changes' | 'signIn' | 'streams' | 'redirects' | 'deprecated' | 'refused'
  readonly why: string
}

/** A read of the document, and all that a proposal needs to know of it. */
export type InspectedOperation = {
  readonly entry: OperationEntry
  readonly path: string
  readonly operationId: string | null
  readonly tags: readonly string[]
  /** One line of plain text; `''` where the document says nothing. */
  readonly summary: string
  readonly isDeprecated: boolean
  /** `null` where the document does not describe the answer. */
  readonly isList: boolean | null
  readonly obstacle: Obstacle | null
  /** Where the list is, if the generator would find none or one that is only part of a record. */
  readonly items: string | null | undefined
  readonly columns: readonly string[] | null
  readonly pageSize: PageSize | null
  /** The arguments that would make the answer never end. */
  readonly quiet: Quiet
  /** Where it is served, if that is another origin than the document's own. */
  readonly origin: string | null
  /** The keys of its arguments. */
  readonly keys: readonly string[]
}

const MAX_SUMMARY_BYTES = 160

/** Looks at one GET of the document. */
export function inspectOperation(
  bundle: Bundle,
  entry: OperationEntry,
  own: ReadonlySet<string>,
): InspectedOperation {
  const { path, operationId } = entry
  const node = objectAt(entry.operation.value)
  const tags = stringsAt(node['tags'])
  const text = textAt(node['summary']).trim() || textAt(node['description'])
  const summary = cutText(toPlainText(text), MAX_SUMMARY_BYTES)
  const findings = createFindings()
  const listed = listParameters(bundle, entry, own, findings)
  const parameters = buildParameters(bundle, { parameters: listed, body: null }, findings)
  const shape = findAnswer(bundle, entry)
  const list = shape === null ? null : locateList(bundle, shape, path)
  const isItem = path.endsWith('}')
  const [problem] = findings.problems
  const texts = { path, operationId, tags, summary }
  const refused = problem === undefined ? null : `${problem.what} (${problem.where})`
  return {
    ...texts,
    entry,
    isDeprecated: node['deprecated'] === true,
    isList: list === null ? null : list.pointer !== null,
    obstacle:
      refused === null
        ? (findObstacle(texts) ?? findAnswerObstacle(bundle, entry))
        : { kind: 'refused', why: refused },
    items: list === null || list.isFound || isItem ? undefined : list.pointer,
    columns:
      shape === null || list === null || isItem
        ? null
        : proposeColumns(bundle, shape, list.pointer),
    pageSize: proposePageSize(parameters, list === null ? !isItem : list.pointer !== null),
    quiet: proposeQuiet(parameters),
    origin: foreignOrigin(bundle, entry),
    keys: parameters.map(({ key }) => key),
  }
}

function findObstacle(texts: Parameters<typeof judgeChange>[0]): Obstacle | null {
  if (isSignIn(texts)) {
    return { kind: 'signIn', why: 'is a page of signing in, which the connector does itself' }
  }
  const streams = judgeStream(texts)
  if (streams !== null) return { kind: 'streams', why: streams }
  const changes = judgeChange(texts)
  return changes === null ? null : { kind: 'changes', why: changes }
}

/** What comes as events has no end, and a redirect has nothing to show. */
function findAnswerObstacle(bundle: Bundle, entry: OperationEntry): Obstacle | null {
  const content = findContent(bundle, entry)
  const codes = Object.keys(objectAt(findResponses(bundle, entry)))
  if (content === null) {
    const redirects = codes.some((code) => /^3/.test(code))
    return redirects ? { kind: 'redirects', why: 'answers with a redirect only' } : null
  }
  const keys = Object.keys(objectAt(valueAt(bundle.document, content)))
  const types = keys.flatMap((key) => parseMediaType(key)?.essence ?? [])
  const isStream = types.length > 0 && types.every((type) => STREAM_TYPES.has(type))
  return isStream ? { kind: 'streams', why: `answers with a stream (${types.join(', ')})` } : null
}

const STREAM_TYPES = new Set([
  'text/event-stream',
  'application/x-ndjson',
  'application/ndjson',
  'application/json-seq',
  'application/jsonl',
  'application/vnd.docker.raw-stream',
])

function findResponses(bundle: Bundle, { path, method }: OperationEntry): Json {
  const value = valueAt(bundle.document, ['paths', path, method.toLowerCase(), 'responses'])
  return isObject(value) ? value : {}
}
