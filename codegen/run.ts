import { join } from 'node:path'
import { buildClientReport, type ClientReport } from './clients/client-report.ts'
import type { Command } from './command.ts'
import { compareManifests, NO_DRIFT } from './drift/manifest-changes.ts'
import { generate, type Generated } from './generate.ts'
import { isObject, objectAt, textAt, toJson, type Json } from './json.ts'
import { isUrl } from './document/is-url.ts'
import { readSource } from './document/load.ts'
import { listOutputs, planOutput, readOutput } from './output/output.ts'
import { GenerationError, type Problem } from './problem.ts'
import { inTurn, SILENT, type Progress } from './progress.ts'
import type { GeneratedFiles } from './output/render.ts'
import { replaceAll, type Replacement } from './output/replace-all.ts'
import type { ConnectorReport, Report } from './report.ts'
import { FetchError } from './sync/fetch-error.ts'
import type { Synced } from './sync/synced.ts'

const OUTPUT_FOLDER = 'generated'

/** What a run is to do; nothing is written yet. */
export type Plan = {
  readonly report: Report
  /** In the order they are to be put in place. */
  readonly replacements: readonly Replacement[]
}

type Options = Omit<Command, 'format'> & {
  readonly progress?: Progress
  /** What a sync is about to record of a job; without it, what is recorded already counts. */
  readonly syncedAfter?: (job: number, connector: NewState) => Synced
}

type NewState = Pick<ConnectorReport, 'version' | 'drift'>

/** Generates, and puts everything in place at once, unless it only checks. */
export async function run(options: Options): Promise<Report> {
  const { report, replacements } = await planRun(options)
  if (replacements.length > 0) options.progress?.('writing')
  replaceAll(replacements)
  return report
}

/**
 * Generates everything and reads what is there: a problem in one connector, or a folder that cannot
 * be read, leaves all of them as they are. Where it only checks, nothing is to be replaced.
 *
 * @throws {OutputError} if a folder cannot be read, or holds something that is not generated
 */
export async function planRun({
  jobs,
  all,
  check,
  failOn,
  report: wish,
  progress: overall = SILENT,
  syncedAfter,
}: Options): Promise<Plan> {
  const done: Done[] = []
  const problems: Problem[] = []
  const warnings: Problem[] = []
  for (const [index, { spec, bytes, allow, out }] of jobs.entries()) {
    const progress = inTurn(overall, index + 1, jobs.length)
    try {
      progress(isUrl(spec) ? 'fetching' : 'reading')
      const fetched = isUrl(spec) ? await fetchSpec(spec) : bytes
      const generated = await generate(readSource(spec, allow, fetched), { progress })
      const folder = out ?? join(OUTPUT_FOLDER, generated.name)
      if (done.some((other) => other.folder === folder))
        problems.push(describeTwin(allow, generated))
      if (wish !== null) progress('measuring')
      done.push({ folder, generated, clients: await reportClients(generated, wish) })
      warnings.push(...generated.warnings)
    } catch (error) {
      if (!(error instanceof GenerationError)) throw error
      problems.push(...error.problems)
      warnings.push(...error.warnings)
    }
  }
  const findings = { check, failOn, problems, warnings }
  if (problems.length > 0) {
    return { report: { ...findings, connectors: [], staleFolders: [] }, replacements: [] }
  }
  const folders = done.map(({ folder }) => folder)
  const staleFolders = all
    ? listOutputs(OUTPUT_FOLDER).filter((path) => !folders.includes(path))
    : []
  overall('comparing')
  const planned = done.map((each, index) =>
    planConnector(each, (state) => syncedAfter?.(index, state) ?? null),
  )
  const connectors = planned.map(({ connector }) => connector)
  return {
    report: { ...findings, connectors, staleFolders },
    replacements: check ? [] : planned.flatMap(({ replacement }) => replacement ?? []),
  }
}

type Done = {
  readonly folder: string
  readonly generated: Generated
  readonly clients: ClientReport | null
}

/** There is no copy at hand that it could be the same as. */
async function fetchSpec(url: string): Promise<Buffer> {
  // Most documents are files: the HTTP client is loaded for those that are not.
  const { fetchDocument } = await import('./sync/fetch-document.ts')
  const answer = await fetchDocument(url, { etag: null, lastModified: null })
  if (!answer.changed) throw new FetchError(`${url} answered 304`, 'nobody asked for a comparison')
  return answer.bytes
}

async function reportClients({ catalogue }: Generated, wish: Options['report']) {
  return wish === 'clients' ? buildClientReport(catalogue) : null
}

function planConnector(
  { folder, generated, clients }: Done,
  syncedAfter: (state: NewState) => Synced | null,
): {
  readonly connector: ConnectorReport
  readonly replacement: Replacement | null
} {
  const { name, posts, catalogue } = generated
  const before = readOutput(folder)
  const manifest = readManifest(generated.files)
  const version = textAt(objectAt(objectAt(manifest)['document'])['version'])
  const drift = before.size === 0 ? NO_DRIFT : compareManifests(readManifest(before), manifest)
  const synced = syncedAfter({ version, drift })
  const files = synced === null ? generated.files : generated.filesAfter(synced)
  const { changes, replacement } = planOutput(folder, before, files)
  const tools = catalogue.tools.length
  const connector = {
    ...{ connector: name, folder, version, tools, files: files.size },
    ...{ posts, changes, drift, clients },
  }
  return { connector, replacement }
}

function readManifest(files: GeneratedFiles): Json {
  try {
    const value: unknown = JSON.parse(files.get('manifest.json') ?? 'null')
    const manifest = toJson(value)
    return isObject(manifest) ? manifest : null
  } catch {
    return null // whoever broke it is told that the file differs
  }
}

function describeTwin(allow: string, { name }: Generated): Problem {
  const what = `another connector is also named ${JSON.stringify(name)}`
  return { file: allow, line: null, column: null, where: 'connector → name', what, hint: null }
}
