import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listCorpus, OCTOKIT, type VendorDocument } from '../../test/corpus/documents.ts'
import { renderVerdicts } from '../ledger/report.ts'
import { allowEveryGet, keepFew, type Specimen } from './every-get.ts'
import { repeatGenerate, repeatParse } from './repeat.ts'
import { judgeRows, renderRows, type Goal, type Row } from './report.ts'

const FLOWTLY = join(import.meta.dirname, '../../specs/flowtly')
const RUNS = 5
const RUNS_OF_LARGE = 3
const LARGE_BYTES = 4_000_000
const FEW = 10
const SHIPPED: Goal = { seconds: 2, megabytes: null }
const EVERY_GET: Goal = { seconds: 20, megabytes: 1000 }

const folder = mkdtempSync(join(tmpdir(), 'sluice-bench-'))
try {
  const corpus = listCorpus()
  if (corpus === null) process.stderr.write('skipped: ../shared/corpus (it is not there)\n')
  const rows = [await measureFlowtly(), ...(await measureDocument(OCTOKIT))]
  for (const document of corpus ?? []) {
    if (statSync(document.path).size >= LARGE_BYTES) rows.push(...(await measureDocument(document)))
  }
  const verdicts = judgeRows(rows)
  console.log(`${renderRows(rows)}\n\n${renderVerdicts(verdicts)}`)
  process.exitCode = verdicts.every(({ violations }) => violations.length === 0) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true })
}

async function measureFlowtly(): Promise<Row> {
  const [spec, allow] = [join(FLOWTLY, 'openapi.yaml'), join(FLOWTLY, 'allow-list.yaml')]
  const sample = await repeatGenerate({ spec, allow, out: join(folder, 'flowtly') }, RUNS)
  return { name: 'flowtly', sample, parseSeconds: null, goal: SHIPPED }
}

/** Ten tools of a document, and every GET of it. */
async function measureDocument({ name, path }: VendorDocument): Promise<readonly Row[]> {
  const every = await allowEveryGet(path, join(folder, `${name}-spec`))
  const few = keepFew(every, FEW, join(folder, `${name}-few.yaml`))
  const parseSeconds = await repeatParse(path, RUNS)
  const measure = async (specimen: Specimen, goal: Goal | null): Promise<Row> => {
    const out = join(folder, `${name}-${specimen.tools}`)
    const sample = await repeatGenerate({ ...specimen, out }, RUNS_OF_LARGE)
    return { name: `${name}, ${specimen.tools} tools`, sample, parseSeconds, goal }
  }
  return [await measure(few, null), await measure(every, EVERY_GET)]
}
