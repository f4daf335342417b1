import { hasChanges, type FileChanges } from './output.ts'
import { countOf, toLines, type Problem } from './problem.ts'
import type { ToolChange } from './tool-changes.ts'

/** What a run found out about one connector. */
export type ConnectorReport = {
  readonly connector: string
  readonly folder: string
  readonly tools: number
  readonly files: number
  readonly changes: FileChanges
  readonly toolChanges: readonly ToolChange[]
}

/** What a run found out. */
export type Report = {
  /** Nothing was written: the changes are what would have been. */
  readonly check: boolean
  readonly connectors: readonly ConnectorReport[]
  /** Folders of connectors that no longer have a specification. */
  readonly staleFolders: readonly string[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** The formats of a report. */
export const FORMATS = ['text', 'json', 'markdown'] as const
/** One of the formats of a report. */
export type Format = (typeof FORMATS)[number]

/** Answers whether the generated files are not what the specification says. */
export function hasDrift({ check, connectors, staleFolders }: Report): boolean {
  return check && (staleFolders.length > 0 || connectors.some(({ changes }) => hasChanges(changes)))
}

/** Answers whether there is nothing to repair. */
export function isFine(report: Report): boolean {
  return report.problems.length === 0 && !hasDrift(report)
}

/** Writes a report. In `text`, problems and warnings are left to `renderFindings`. */
export function renderReport(report: Report, format: Format): string {
  switch (format) {
    case 'text':
      return renderText(report)
    case 'json':
      return JSON.stringify({ ok: isFine(report), ...report }, null, 2)
    case 'markdown':
      return renderMarkdown(report)
  }
}

/** Writes findings under a heading; `''` where there are none. */
export function renderFindings(heading: string, findings: readonly Problem[]): string {
  return findings.length === 0 ? '' : [heading, ...findings.map(toLines)].join('\n')
}

const WHAT_TO_DO = 'Run "npm run generate" and commit the result.'

function renderText(report: Report): string {
  const { check, connectors, staleFolders } = report
  const lines = connectors.flatMap((connector) => [
    summarise(connector, check),
    ...listFiles(connector.changes, check).map((line) => `  ${line}`),
    ...connector.toolChanges.flatMap(({ tool, kind, details }) => [
      `  tool ${tool} ${kind}`,
      ...details.map((detail) => `    ${detail}`),
    ]),
  ])
  const stale = staleFolders.map((folder) => `${folder}: ${describeStale(check)}`)
  return [...lines, ...stale, ...(hasDrift(report) ? [WHAT_TO_DO] : [])].join('\n')
}

function summarise(
  { connector, folder, tools, files, changes }: ConnectorReport,
  check: boolean,
): string {
  if (check) {
    const state = hasChanges(changes) ? 'is out of date' : 'is up to date'
    return `${connector}: ${folder} ${state} (${countOf(tools, 'tool')})`
  }
  const written = changes.added.length + changes.changed.length
  const counts = `${written} written, ${changes.removed.length} removed`
  return `${connector}: ${countOf(tools, 'tool')}, ${countOf(files, 'file')} in ${folder} (${counts})`
}

function listFiles({ added, changed, removed }: FileChanges, check: boolean): readonly string[] {
  if (!check) return []
  return [
    ...added.map((path) => `added    ${path}`),
    ...changed.map((path) => `changed  ${path}`),
    ...removed.map((path) => `removed  ${path}`),
  ]
}

function describeStale(check: boolean): string {
  return check ? 'has no specification' : 'removed, as it has no specification'
}

function renderMarkdown(report: Report): string {
  const { check, connectors, staleFolders, problems, warnings } = report
  const sections = connectors.map((connector) =>
    [
      `### ${escapeMarkdown(summarise(connector, check))}`,
      ...listFiles(connector.changes, check).map((line) => `- file ${escapeMarkdown(line)}`),
      ...connector.toolChanges.map(({ tool, kind, details }) =>
        escapeMarkdown(`- tool ${tool} ${[kind, ...details].join('; ')}`).replace(/^\\-/, '-'),
      ),
    ].join('\n'),
  )
  return [
    `## ${describeOutcome(report)}`,
    ...listMarkdown('Problems', problems),
    ...sections,
    ...staleFolders.map((folder) => `- ${escapeMarkdown(`${folder} ${describeStale(check)}`)}`),
    ...listMarkdown('Warnings', warnings),
    ...(hasDrift(report) ? [WHAT_TO_DO] : []),
  ].join('\n\n')
}

function describeOutcome(report: Report): string {
  if (report.problems.length > 0) return countOf(report.problems.length, 'problem')
  if (hasDrift(report)) return 'The generated files are out of date'
  return report.check ? 'The generated files are up to date' : 'Generated'
}

function listMarkdown(heading: string, findings: readonly Problem[]): readonly string[] {
  if (findings.length === 0) return []
  const items = findings.map(({ file, line, column, where, what, hint }) => {
    const position = line === null ? file : `${file}:${line}:${column ?? 1}`
    return `- ${escapeMarkdown([position, where, what, hint ?? ''].filter((part) => part !== '').join(' · '))}`
  })
  return [[`### ${heading}`, ...items].join('\n')]
}

/** Text of a document must not become a link or a picture in a review. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!@]/g, '\\$&').replace(/\s+/g, ' ')
}
