import { parseAllowList } from './allow-list/allow-list.ts'
import { bundleDocument } from './document/bundle.ts'
import { reportViolations } from './clients/report-violations.ts'
import { toCatalogue, type Catalogue } from './clients/tool-definition.ts'
import { buildConnector } from './connector.ts'
import { checkDocument, listOperations } from './document/document.ts'
import { checkServers } from './document/foreign-servers.ts'
import type { Source } from './document/load.ts'
import { listOwn } from './request/owned-parameters.ts'
import { createFindings, GenerationError, inReadingOrder, type Problem } from './problem.ts'
import { SILENT, type Progress } from './progress.ts'
import { renderFiles, type GeneratedFiles } from './output/render.ts'
import type { Synced } from './sync/synced.ts'
import { listRequestParts } from './request/request-parts.ts'
import { selectOperations } from './allow-list/select.ts'
import { writeUpstreamTypes } from './output/upstream-types.ts'
import { validateBundle } from './document/validate.ts'

/** A connector as text, and what had to be left out of it. */
export type Generated = {
  readonly name: string
  readonly files: GeneratedFiles
  /** The same files, after another sync than the one that is recorded beside the document. */
  readonly filesAfter: (synced: Synced) => GeneratedFiles
  /** What clients get to see of it. */
  readonly catalogue: Catalogue
  readonly warnings: readonly Problem[]
  /** The tools that read with a POST, each with the reason that the allow-list gives for it. */
  readonly posts: readonly ReadingPost[]
}

/** A tool that reads with a POST. */
export type ReadingPost = { readonly tool: string; readonly reason: string }

/**
 * Turns a document and its allow-list into files; the same input gives the same bytes.
 *
 * @param options.progress is told of every step; nobody without it
 * @throws {GenerationError} with every problem found, not only the first
 */
export async function generate(
  source: Source,
  { progress = SILENT }: { readonly progress?: Progress } = {},
): Promise<Generated> {
  progress('selecting')
  const findings = createFindings()
  const isUsable = checkDocument(source.document, findings)
  const allowList = parseAllowList(source.allowList, findings)
  if (!isUsable) throw new GenerationError(findings)
  const selection = selectOperations(listOperations(source.document), allowList, findings)
  progress('bundling')
  const bundle = bundleDocument(source.document, selection.operations, findings)
  checkServers(bundle, selection.operations, allowList, findings)
  const partsOf = listRequestParts(bundle, selection, listOwn(allowList), findings)
  const context = { source, allowList, selection, bundle, partsOf, findings, progress }
  const connector = buildConnector(context)
  if (connector === null || findings.problems.length > 0) throw new GenerationError(findings)
  const catalogue = toCatalogue(connector)
  reportViolations(catalogue, allowList, findings)
  progress('types')
  const types = await writeUpstreamTypes(bundle, partsOf, connector.tools, findings)
  if (findings.problems.length > 0) throw new GenerationError(findings)
  progress('validating')
  await validateBundle(bundle, findings)
  progress('rendering')
  const filesAfter = (synced: Synced) => renderFiles({ connector, bundle, types, synced })
  return {
    name: connector.name,
    files: filesAfter(source.document.synced),
    filesAfter,
    catalogue,
    warnings: inReadingOrder(findings.warnings),
    posts: connector.tools.flatMap(({ name: tool, readOnly: reason }) =>
      reason === null ? [] : [{ tool, reason }],
    ),
  }
}
