import { writeFileSync } from 'node:fs'
import { renderVerdicts } from './ledger/report.ts'
import { parseOptions, USAGE } from './compare/options.ts'
import { renderReport } from './compare/report.ts'
import { runComparison } from './compare/run-comparison.ts'

const options = parseOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exitCode = 2
} else if (process.platform !== 'linux') {
  console.error('error: only Linux says in /proc what a process costs; run this there')
  process.exitCode = 2
} else {
  const report = await runComparison(options, () => process.stderr.write('.'))
  process.stderr.write('\n')
  const [json, table] = [JSON.stringify(report, null, 2), renderReport(report)]
  if (options.out !== null) {
    writeFileSync(`${options.out}.json`, `${json}\n`)
    writeFileSync(`${options.out}.md`, `${table}\n`)
  }
  const verdicts = renderVerdicts(report.verdicts)
  const isBroken = report.verdicts.some(({ violations }) => violations.length > 0)
  console.log(options.json ? json : `${table}\n\n${verdicts}`)
  if (isBroken && options.json) console.error(verdicts)
  process.exitCode = isBroken ? 1 : 0
}
