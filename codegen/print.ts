import { UsageError } from './command.ts'
import { UnreadableFileError } from './document/load.ts'
import { OutputError } from './output/replace-all.ts'
import { countOf } from './problem.ts'
import { renderFindings, type Report } from './report.ts'

/** Answers whether the command itself was at fault, not what it was given to read. */
export function isCommandError(error: unknown): error is Error {
  return (
    error instanceof UsageError ||
    error instanceof UnreadableFileError ||
    error instanceof OutputError
  )
}

/** The rendered result goes to stdout, what was found on the way to stderr. */
export function printReport({ problems, warnings }: Report, text: string): void {
  const findings = [
    renderFindings('warning: something was left out', warnings),
    renderFindings(
      `error: ${countOf(problems.length, 'problem')} in the document or the allow-list`,
      problems,
    ),
  ].filter((text) => text !== '')
  if (findings.length > 0) console.error(findings.join('\n'))
  if (text !== '') console.log(text)
}
