import { basename, join, resolve } from 'node:path'
import { UsageError } from '../command.ts'
import type { DocumentHeader } from '../sync/fetch-document.ts'
import { ALLOW_LIST_NAME, SPECS_FOLDER } from '../jobs.ts'
import { isUrl } from '../document/is-url.ts'
import { createFindings, GenerationError } from '../problem.ts'
import { SILENT, type ProgressLine } from '../progress.ts'
import { renderSourceRecord } from '../sync/source-record.ts'
import { askChoices, type Answers, type Terminal } from './ask.ts'
import type { InitCommand } from './command.ts'
import { toConnectorName } from './describe-connector.ts'
import { inspectDocument, type Inspection } from './inspect-document.ts'
import { proposeConnector } from './propose-connector.ts'
import { proveProposal } from './prove-proposal.ts'
import { readSpec } from './read-spec.ts'
import { summarise } from './summarise.ts'
import { checkIsNew, writeConnector } from './write-connector.ts'

/** What surrounds the command. */
export type InitContext = Terminal & {
  /** What `--header` is sent with; `null` where nobody set it. */
  readonly credential: string | null
  readonly now: () => Date
  /** Shown while nobody is asked; nowhere without it. */
  readonly progress?: ProgressLine
}

/**
 * Proposes a connector, asks unless told not to, and writes it; nothing is written before all of it
 * is known to generate.
 *
 * @returns what to tell, or `null` when the person did not want it written
 * @throws {UsageError} if there is a header and nothing to send in it
 * @throws {GenerationError} if the document cannot be worked with, or gives no tool
 * @throws {FetchError} when the document cannot be had
 * @throws {OutputError} if the folder is there already, or cannot be written
 */
export async function runInit(
  { spec: address, out, header: name, yes }: InitCommand,
  { now, credential, progress, ...terminal }: InitContext,
): Promise<string | null> {
  if (out !== null) checkIsNew(out)
  const show = progress?.show ?? SILENT
  show(isUrl(address) ? 'fetching' : 'reading')
  const spec = await readSpec(address, toHeader(name, credential), now)
  show('inspecting')
  const inspection = inspectDocument(spec.document)
  checkHasTools(inspection)
  progress?.clear()
  const proposed = out === null ? {} : { name: toConnectorName(basename(resolve(out))) }
  const answers = yes
    ? accept(inspection, out, proposed)
    : await askChoices(inspection, { out, proposed }, terminal)
  if (answers === null) return null
  const { choices, folder } = answers
  checkIsNew(folder)
  const { proposal, allowList, generated } = await proveProposal(inspection, choices, show)
  if (generated === null) throw noTools(inspection)
  const files = new Map<string, Buffer | string>(spec.files)
  files.set(ALLOW_LIST_NAME, allowList)
  if (spec.record !== null) files.set('source.json', renderSourceRecord(spec.record))
  show('writing')
  writeConnector(folder, files)
  const warnings = generated.warnings.length
  return summarise({ folder, proposal, warnings, isSynced: spec.record !== null })
}

function toHeader(name: string | null, value: string | null): DocumentHeader | null {
  if (name === null) return null
  if (value === null) throw new UsageError('--header needs DOCUMENT_CREDENTIAL in the environment')
  return { name, value }
}

function accept(inspection: Inspection, out: string | null, choices: Answers['choices']): Answers {
  const { connector } = proposeConnector(inspection, choices)
  return { choices, folder: out ?? join(SPECS_FOLDER, connector.name) }
}

function checkHasTools(inspection: Inspection): void {
  const isOpen = inspection.operations.some(
    ({ obstacle }) => obstacle === null || obstacle.kind === 'changes',
  )
  if (!isOpen) throw noTools(inspection)
}

function noTools({ source, operations }: Inspection): GenerationError {
  const findings = createFindings()
  const place = { ...source.main.position(['paths'], 'key'), where: '#/paths' }
  const what =
    operations.length === 0
      ? 'has no GET operation, and tools only read'
      : 'has no GET operation that can be a tool'
  const hint =
    'a POST that only reads can be named in an allow-list written by hand, with "readOnly"'
  findings.problem(place, what, hint)
  return new GenerationError(findings)
}
