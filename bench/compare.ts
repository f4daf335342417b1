import { writeFileSync } from 'node:fs'
import { renderVerdicts } from './ledger/report.ts'
import { parseOptions, USAGE } from './compare/options.ts'
import { renderReport } from './compare/report.ts'
import { runComparison } from './compare/run-comparison.ts'

const options = parseOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const report = await runComparison(options, () => process.stderr.write('.'))
  process.stderr.write('\n')
  const [json, table] = [JSON.stringify(report, null, 2), renderReport(report)]
  if (options.out !== null) {
    writeFileSync(`${options.out}.json`, `${json}\n`)
    writeFileSync(`${options.out}.md`, `${table}\n`)
  }
  if (options.json) console.log(json)
  else console.log(`${table}\n\n${renderVerdicts(report.verdicts)}`)
  const isBroken = report.verdicts.some(({ violations }) => violations.length > 0)
  if (isBroken && options.json) console.error(renderVerdicts(report.verdicts))
  process.exitCode = isBroken ? 1 : 0
}
