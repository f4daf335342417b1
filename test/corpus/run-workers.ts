import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pMap from 'p-map'
import type { Budget, Findings } from './check-connector.ts'
import type { VendorDocument } from './documents.ts'
import type { Explained } from './explain-gets.ts'
import type { Outcome } from './propose-and-generate.ts'
import { PROCESS_ENV } from '../support/process-env.ts'

/** What a worker found in one document. */
export type Report = {
  readonly outcome: Outcome
  readonly explained: Explained
  /** `null` where nothing was generated. */
  readonly findings: Findings | null
}

/** One document, and what came of it. */
export type Result =
  | { readonly document: VendorDocument; readonly crash: null; readonly report: Report }
  | { readonly document: VendorDocument; readonly crash: string; readonly report: null }

const ROOT = join(import.meta.dirname, '../..')
const WORKER = join(import.meta.dirname, 'worker.ts')
/** As many as a small machine in CI has cores. */
export const LANES = 2

/** Makes a folder a project of its own, in which generated code finds what it imports. */
export function prepareProject(folder: string): void {
  const manifest = { type: 'module', imports: { '#server/*': './server/*' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  for (const name of ['server', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name))
}

/** Runs every document through a process of its own, the biggest first. */
export function runWorkers(
  documents: readonly VendorDocument[],
  project: string,
  budget: Budget,
): Promise<readonly Result[]> {
  const bySize = [...documents].sort((left, right) => sizeOf(right) - sizeOf(left))
  return pMap(bySize, (document) => runWorker(document, project, budget), { concurrency: LANES })
}

async function runWorker(
  document: VendorDocument,
  project: string,
  budget: Budget,
): Promise<Result> {
  const folder = join(project, document.name)
  mkdirSync(folder)
  try {
    const { seed, argumentsPerTool, maxJudgedTools } = budget
    const args = [
      ...['--disable-warning=ExperimentalWarning', WORKER, document.path, folder],
      ...[seed, argumentsPerTool, maxJudgedTools].map(String),
    ]
    await promisify(execFile)(process.execPath, args, {
      env: PROCESS_ENV,
      maxBuffer: 64 * 1024 * 1024,
    })
    const report: unknown = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))
    if (!isReport(report)) throw new Error('the worker wrote no report')
    return { document, crash: null, report }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { document, crash: `${document.name}: ${reason}`, report: null }
  }
}

/** The worker is ours: what it writes has the type that it is written from. */
function isReport(value: unknown): value is Report {
  return typeof value === 'object' && value !== null && 'outcome' in value
}

function sizeOf({ path }: VendorDocument): number {
  return statSync(path).size
}
