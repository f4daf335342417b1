import { GENERATE_USAGE, parseCommand } from './command.ts'
import { isCommandError } from './command-error.ts'
import { createProgressLine } from './progress.ts'
import { FetchError } from './sync/fetch-error.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const line = createProgressLine(process.stderr, {
    env: process.env,
    now: () => performance.now(),
  })
  try {
    const command = parseCommand(argv)
    if (command === 'help') {
      console.log(GENERATE_USAGE)
      return 0
    }
    // Nobody who asks for help, or gives a wrong command, waits for the generator to be loaded.
    const { run } = await import('./run.ts')
    const { isFine, renderReport } = await import('./report.ts')
    const { printReport } = await import('./print.ts')
    const report = await run({ ...command, progress: line.show }).finally(line.clear)
    printReport(report, renderReport(report, command.format))
    return isFine(report) ? 0 : 1
  } catch (error) {
    if (error instanceof FetchError) {
      console.error(`error: ${error.message}\n  → ${error.hint}`)
      return 1
    }
    if (!isCommandError(error)) throw error
    console.error(`error: ${error.message}\n\n${GENERATE_USAGE}`)
    return 2
  }
}
