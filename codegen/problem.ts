import { byCodeUnit } from './json.ts'

/** A place in a file that a person wrote. */
export type Place = {
  readonly file: string
  /** From 1; `null` where only the file is known. */
  readonly line: number | null
  /** From 1; `null` where only the file is known. */
  readonly column: number | null
  /** The same place in words: a path in the allow-list, a JSON Pointer in the document. */
  readonly where: string
}

/** Something wrong: what, where, and what to do next. */
export type Problem = Place & {
  readonly what: string
  /** The next step, for example the nearest match; `null` where there is none to give. */
  readonly hint: string | null
}

/** Collects what is wrong, so that all of it is reported at once. */
export type Findings = {
  readonly problems: readonly Problem[]
  /** What the generator left out or repaired; the output is still good. */
  readonly warnings: readonly Problem[]
  readonly problem: Report
  readonly warning: Report
}

/** Adds a finding; the hint is the next step. */
export type Report = (place: Place, what: string, hint?: string | null) => void

/** The document or the allow-list is wrong; carries every problem, not only the first. */
export class GenerationError extends Error {
  override readonly name = 'GenerationError'
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]

  constructor(findings: Pick<Findings, 'problems' | 'warnings'>) {
    super(`${countOf(findings.problems.length, 'problem')} in the document or the allow-list`)
    this.problems = inReadingOrder(findings.problems)
    this.warnings = inReadingOrder(findings.warnings)
  }

  /** The problems as text for a person. */
  report(): string {
    return [`error: ${this.message}`, ...this.problems.map(toLines)].join('\n')
  }
}

/** Starts an empty collection. */
export function createFindings(): Findings {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  return {
    problems,
    warnings,
    problem: (place, what, hint = null) => void problems.push({ ...place, what, hint }),
    warning: (place, what, hint = null) => void warnings.push({ ...place, what, hint }),
  }
}

/** Orders findings by file, line and column, each told once. */
export function inReadingOrder(problems: readonly Problem[]): readonly Problem[] {
  const unique = new Map(problems.map((problem) => [JSON.stringify(problem), problem]))
  return [...unique.values()].sort(
    (left, right) =>
      byCodeUnit(left.file, right.file) ||
      (left.line ?? 0) - (right.line ?? 0) ||
      (left.column ?? 0) - (right.column ?? 0),
  )
}

/** Writes one finding as indented lines. */
export function toLines({ file, line, column, where, what, hint }: Problem): string {
  const position = line === null ? file : `${file}:${line}:${column ?? 1}`
  const lines = [`  ${where === '' ? position : `${position} ${where}`}`, `    ${what}`]
  return (hint === null ? lines : [...lines, `    → ${hint}`]).join('\n')
}

/** Counts in words: `1 problem`, `2 problems`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
