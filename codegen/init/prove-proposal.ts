import { bundleDocument } from '../document/bundle.ts'
import { generate, type Generated } from '../generate.ts'
import { parsePointer } from '../json-pointer.ts'
import type { DocumentSource } from '../document/load.ts'
import { SILENT, type Progress } from '../progress.ts'
import { createFindings, GenerationError, type Problem } from '../problem.ts'
import { parseSourceFile } from '../document/source-file.ts'
import type { Inspection } from './inspect-document.ts'
import { proposeConnector } from './propose-connector.ts'
import type { Choices, Proposal } from './proposal.ts'
import { renderAllowList } from './render-allow-list.ts'

/** A proposal that generates at once, and what comes of it. */
export type ProvenProposal = {
  readonly proposal: Proposal
  readonly allowList: string
  /** `null` where nothing is left to generate. */
  readonly generated: Generated | null
}

const FILE = 'allow-list.yaml'

/**
 * Proposes, generates in memory, and leaves out what could not be generated, until all of it can.
 *
 * @throws {GenerationError} for problems that no tool is the cause of
 */
export async function proveProposal(
  inspection: Inspection,
  choices: Choices = {},
  progress: Progress = SILENT,
): Promise<ProvenProposal> {
  const refused = new Map(choices.refused)
  for (;;) {
    progress('proposing')
    const proposal = proposeConnector(inspection, { ...choices, refused })
    const allowList = renderAllowList(proposal)
    if (proposal.tools.length === 0) return { proposal, allowList, generated: null }
    const outcome = await tryGenerate(inspection.source, allowList, progress)
    if (!(outcome instanceof GenerationError)) return { proposal, allowList, generated: outcome }
    const causes = await findCauses(inspection, proposal, outcome, progress)
    if (causes.size === 0) throw outcome
    for (const [operation, why] of causes) refused.set(operation, why)
  }
}

async function tryGenerate(
  document: DocumentSource,
  text: string,
  progress: Progress,
): Promise<Generated | GenerationError> {
  const findings = createFindings()
  const allowList = parseSourceFile(FILE, text, findings)
  if (allowList === null) throw new GenerationError(findings)
  try {
    return await generate({ document, allowList }, { progress })
  } catch (error) {
    if (error instanceof GenerationError) return error
    throw error
  }
}

type Causes = ReadonlyMap<string, string>

/** A problem is the tool's that it names, or whose operation it stands in; else each is tried alone. */
async function findCauses(
  inspection: Inspection,
  proposal: Proposal,
  { problems }: GenerationError,
  progress: Progress,
): Promise<Causes> {
  const named = new Map(
    problems.flatMap((problem): [string, string][] => {
      const tool = findTool(inspection, proposal, problem)
      return tool === null ? [] : [[tool, describe(problem)]]
    }),
  )
  if (named.size > 0) return named
  const reaching = findReaching(inspection, proposal, problems)
  return reaching.size > 0 ? reaching : await tryEach(inspection, proposal, progress)
}

function findTool(
  { operations, referenceOf }: Inspection,
  { tools }: Proposal,
  { file, where }: Problem,
): string | null {
  if (file === FILE) {
    const [section, name] = where.split(' → ')
    return (section === 'tools' && tools.find((tool) => tool.name === name)?.operation) || null
  }
  const [root, path] = where.startsWith('#/') ? parsePointer(where.slice(1)) : []
  const operation = root === 'paths' ? operations.find((each) => each.path === path) : undefined
  const reference = operation === undefined ? null : referenceOf(operation)
  return tools.some((tool) => tool.operation === reference) ? reference : null
}

/** What stands in the components is the problem of every tool that reaches it. */
function findReaching(
  { source, operations, referenceOf }: Inspection,
  { tools }: Proposal,
  problems: readonly Problem[],
): Causes {
  const places = new Map(problems.map((problem) => [keyOf(problem), problem]))
  const allowed = new Set(tools.map(({ operation }) => operation))
  return new Map(
    operations.flatMap((operation): [string, string][] => {
      const reference = referenceOf(operation)
      if (!allowed.has(reference)) return []
      const findings = createFindings()
      bundleDocument(source, [operation.entry], findings)
      const own = findings.problems.find((problem) => places.has(keyOf(problem)))
      return own === undefined ? [] : [[reference, describe(own)]]
    }),
  )
}

async function tryEach(
  inspection: Inspection,
  proposal: Proposal,
  progress: Progress,
): Promise<Causes> {
  const causes = new Map<string, string>()
  for (const [index, tool] of proposal.tools.entries()) {
    progress('trying each alone', index + 1, proposal.tools.length)
    const namespaces = proposal.namespaces.filter(({ name }) => name === tool.namespace)
    const alone = renderAllowList({
      ...proposal,
      namespaces: namespaces.map((namespace) => ({ ...namespace, defaults: {} })),
      tools: [tool],
      leftOut: [],
    })
    const outcome = await tryGenerate(inspection.source, alone, SILENT)
    if (!(outcome instanceof GenerationError)) continue
    const [problem] = outcome.problems.filter(({ where }) => !where.startsWith('upstream'))
    if (problem !== undefined) causes.set(tool.operation, describe(problem))
  }
  return causes
}

function keyOf({ file, where, what }: Problem): string {
  return JSON.stringify([file, where, what])
}

function describe({ what, where }: Problem): string {
  return `${what} (${where})`
}
