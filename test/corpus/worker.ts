import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { proposeAndGenerate } from './propose-and-generate.ts'
import type { Report } from './run-workers.ts'

// One document in a process of its own, so that its peak memory is its own:
// DOCUMENT FOLDER SEED ARGUMENTS-PER-TOOL MAX-JUDGED-TOOLS.
const [document = '', folder = '', ...numbers] = process.argv.slice(2)
const [seed = 1, argumentsPerTool = 200, maxJudgedTools = 40] = numbers.map(Number)
const outcome = await proposeAndGenerate(document, folder)
// The judges are large: what the generator took is measured before they are loaded.
const { checkConnector } = await import('./check-connector.ts')
const { explainGets } = await import('./explain-gets.ts')
const findings =
  outcome.refusal === null
    ? await checkConnector(folder, document, { seed, argumentsPerTool, maxJudgedTools })
    : null
const explained = explainGets(document, findings?.paths ?? [], outcome.allowList)
const report: Report = { outcome, explained, findings }
writeFileSync(join(folder, 'report.json'), JSON.stringify(report))
