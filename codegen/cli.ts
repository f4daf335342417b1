import { parseCommand, USAGE, UsageError } from './command.ts'
import { UnreadableFileError } from './load.ts'
import { OutputError } from './output.ts'
import { countOf } from './problem.ts'
import { isFine, renderFindings, renderReport, type Format, type Report } from './report.ts'
import { run } from './run.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  try {
    const command = parseCommand(argv)
    if (command === 'help') {
      console.log(USAGE)
      return 0
    }
    const report = await run(command)
    printReport(report, command.format)
    return isFine(report) ? 0 : 1
  } catch (error) {
    if (!isCommandError(error)) throw error
    console.error(`error: ${error.message}\n\n${USAGE}`)
    return 2
  }
}

function isCommandError(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof UnreadableFileError ||
    error instanceof OutputError
  )
}

/** Results go to stdout, everything else to stderr. */
function printReport(report: Report, format: Format): void {
  const { problems, warnings } = report
  const findings = [
    renderFindings('warning: something was left out', warnings),
    renderFindings(
      `error: ${countOf(problems.length, 'problem')} in the document or the allow-list`,
      problems,
    ),
  ].filter((text) => text !== '')
  if (findings.length > 0) console.error(findings.join('\n'))
  const text = renderReport(report, format)
  if (text !== '') console.log(text)
}
