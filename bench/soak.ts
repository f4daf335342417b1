import { parseArgs } from 'node:util'
import { renderOutcomes, renderVerdicts } from './ledger/report.ts'
import { renderMemory } from './soak/memory.ts'
import { runSoak } from './soak/run-soak.ts'

const USAGE = `usage: npm run bench:soak -- [--calls N] [--seed N]

The shipped connector under requests of every kind: what it answers, counts, records and holds.

  --calls N   HTTP requests, at least 1000 (default 100000); memory is judged from 50000 on
  --seed N    repeats the choices of an earlier run (default: another one each time)
`
const MEMORY_CALLS = 50_000

const options = readOptions(process.argv.slice(2))
if (options === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const { calls, seed } = options
  const isMemoryJudged = calls >= MEMORY_CALLS
  const { seconds, entries, samples, verdicts } = await runSoak({ calls, seed, isMemoryJudged })
  console.log(`seed ${seed}, ${seconds.toFixed(0)} s\n\nrequests`)
  console.log(renderOutcomes(entries))
  console.log('\nmemory')
  console.log(renderMemory(samples))
  console.log(`\n${renderVerdicts(verdicts)}`)
  process.exitCode = verdicts.some(({ violations }) => violations.length > 0) ? 1 : 0
}

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { calls: { type: 'string', default: '100000' }, seed: { type: 'string' } },
    })
    const calls = Number(values.calls)
    const seed = Number(values.seed ?? Date.now() % 1_000_000)
    const isGood = Number.isInteger(calls) && calls >= 1_000 && Number.isInteger(seed)
    return isGood ? { calls, seed } : null
  } catch {
    return null
  }
}
