import { countOf } from './problem.ts'
import { renderFindings, type Report } from './report.ts'

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
