import { parseAllowList } from '../allow-list/allow-list.ts'
import { bundleDocument, type Bundle } from '../document/bundle.ts'
import { checkDocument, listOperations } from '../document/document.ts'
import { listAt, objectAt, textAt } from '../json.ts'
import type { DocumentSource } from '../document/load.ts'
import { listOwn } from '../request/owned-parameters.ts'
import { createFindings, GenerationError } from '../problem.ts'
import { toReference } from '../allow-list/select.ts'
import { parseSourceFile } from '../document/source-file.ts'
import { toPlainText } from '../tool/plain-text.ts'
import { inspectOperation, type InspectedOperation } from './inspect-operation.ts'

/** A document as proposals are made from it; looking at it is the slow part, and is done once. */
export type Inspection = {
  readonly source: DocumentSource
  /** Every GET of the document and what it reaches. */
  readonly bundle: Bundle
  readonly title: string
  /** Plain text, by the tag's name. */
  readonly tagTexts: ReadonlyMap<string, string>
  /** Every GET, in document order. */
  readonly operations: readonly InspectedOperation[]
  /** How an operation is named in the allow-list: by its operationId where that is its alone. */
  readonly referenceOf: (operation: InspectedOperation) => string
  /** How many operations are no GET. */
  readonly others: number
}

/**
 * Looks at every operation that only reads.
 *
 * @throws {GenerationError} if the document cannot be worked with
 */
export function inspectDocument(source: DocumentSource): Inspection {
  const findings = createFindings()
  if (!checkDocument(source, findings)) throw new GenerationError(findings)
  const all = listOperations(source)
  const gets = all.filter(({ method }) => method === 'GET')
  const bundle = bundleDocument(source, gets, findings)
  const own = listReserved()
  const ids = Map.groupBy(all, ({ operationId }) => operationId)
  const { info, tags } = objectAt(source.main.value)
  return {
    source,
    bundle,
    title: toPlainText(textAt(objectAt(info)['title'])),
    tagTexts: new Map(
      listAt(tags)
        .map(objectAt)
        .map((tag) => [textAt(tag['name']), toPlainText(textAt(tag['description']))]),
    ),
    operations: gets.map((entry) => inspectOperation(bundle, entry, own)),
    referenceOf: ({ entry, operationId }) => {
      const isOwn = operationId !== null && ids.get(operationId)?.length === 1
      // An operationId that reads like "GET /orders" would be taken for a path.
      return isOwn && /^\S+$/.test(operationId) ? operationId : toReference(entry)
    },
    others: all.length - gets.length,
  }
}

/** What no caller may set, whatever the allow-list says. */
function listReserved(): ReadonlySet<string> {
  const findings = createFindings()
  const empty = parseSourceFile('allow-list.yaml', '{}', findings)
  return empty === null ? new Set() : listOwn(parseAllowList(empty, findings))
}
