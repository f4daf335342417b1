import { parseArgs } from 'node:util'
import { describeMachine } from './load/this-machine.ts'
import { QUICK, WHOLE } from './scale/plan.ts'
import { renderScale } from './scale/report.ts'
import { runScale } from './scale/run-scale.ts'

const USAGE = `usage: npm run bench:scale -- [--quick] [--json]

How the connector's cost grows: with processes, members, organizations, answers and tools.

  --quick   less of everything, in less than two minutes
  --json    prints the figures as JSON and nothing else
`

const options = readOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const machine = describeMachine()
  const plan = options.quick ? QUICK : WHOLE
  const scale = await runScale(plan)
  const figures = { machine, plan, ...scale }
  console.log(options.json ? JSON.stringify(figures, null, 2) : renderScale(machine, scale))
  process.exitCode = scale.verdicts.some(({ violations }) => violations.length > 0) ? 1 : 0
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    })
    return values
  } catch {
    return null
  }
}
