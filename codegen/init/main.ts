import { UsageError } from '../command.ts'
import { isCommandError } from '../command-error.ts'
import { GenerationError } from '../problem.ts'
import { createProgressLine } from '../progress.ts'
import { FetchError } from '../sync/fetch-error.ts'
import { INIT_USAGE, parseInitCommand } from './command.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const line = createProgressLine(process.stderr, {
    env: process.env,
    now: () => performance.now(),
  })
  try {
    const command = parseInitCommand(argv)
    if (command === 'help') {
      console.log(INIT_USAGE)
      return 0
    }
    const isTerminal = process.stdin.isTTY && process.stdout.isTTY
    if (!command.yes && !isTerminal) {
      throw new UsageError('there is no terminal to ask on; take what is proposed with --yes')
    }
    // Nobody who asks for help, or gives a wrong command, waits for the generator to be loaded.
    const { runInit } = await import('./run-init.ts')
    const summary = await runInit(command, {
      input: process.stdin,
      output: process.stdout,
      credential: process.env['DOCUMENT_CREDENTIAL'] ?? null,
      now: () => new Date(),
      progress: line,
    }).finally(line.clear)
    if (summary === null) return 2
    console.log(summary)
    return 0
  } catch (error) {
    if (error instanceof GenerationError) {
      console.error(error.report())
      return 1
    }
    if (error instanceof FetchError) {
      console.error(`error: ${error.message}\n  → ${error.hint}`)
      return 1
    }
    if (!isCommandError(error)) throw error
    const usage = error instanceof UsageError ? `\n\n${INIT_USAGE}` : ''
    console.error(`error: ${error.message}${usage}`)
    return 2
  }
}
