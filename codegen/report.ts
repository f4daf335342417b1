import {
  renderClientsMarkdown,
  renderClientsText,
  type ClientReport,
} from './clients/client-report.ts'
import type { FailOn, Format } from './command.ts'
import { renderDriftMarkdown, renderDriftText, toDriftReport } from './drift/drift-report.ts'
import type { Drift } from './drift/manifest-changes.ts'
import { escapeMarkdown } from './markdown.ts'
import type { ReadingPost } from './generate.ts'
import { hasChanges, type FileChanges } from './output/output.ts'
import { countOf, toLines, type Problem } from './problem.ts'

/** What a run found out about one connector. */
export type ConnectorReport = {
  readonly connector: string
  readonly folder: string
  /** The document's `info.version`. */
  readonly version: string
  readonly tools: number
  readonly files: number
  readonly posts: readonly ReadingPost[]
  readonly changes: FileChanges
  /** What the changes mean to those who call the tools. */
  readonly drift: Drift
  /** How clients take the tools; `null` where that was not asked for. */
  readonly clients: ClientReport | null
}

/** What a run found out. */
export type Report = {
  /** Nothing was written: the changes are what would have been. */
  readonly check: boolean
  readonly failOn: FailOn
  readonly connectors: readonly ConnectorReport[]
  /** Folders of connectors that no longer have a specification. */
  readonly staleFolders: readonly string[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** Answers whether there is nothing to repair, and no change of a class that was not to be let pass. */
export function isFine(report: Report): boolean {
  return report.problems.length === 0 && !isTooMuch(report)
}

/** A connector without a specification is one whose tools are gone. */
function isTooMuch(report: Report): boolean {
  const { failOn, connectors, staleFolders } = report
  if (failOn === 'none') return false
  if (failOn === 'any') return differs(report)
  const classes = failOn === 'breaking' ? ['breaking'] : ['breaking', 'risky']
  const changes = connectors.flatMap(({ drift }) => drift.changes)
  return staleFolders.length > 0 || changes.some((change) => classes.includes(change.class))
}

function differs({ connectors, staleFolders }: Report): boolean {
  return staleFolders.length > 0 || connectors.some(({ changes }) => hasChanges(changes))
}

/** Writes a report. In `text`, problems and warnings are left to `renderFindings`. */
export function renderReport(report: Report, format: Format): string {
  switch (format) {
    case 'text':
      return renderText(report)
    case 'json':
      return JSON.stringify(toJsonReport(report), null, 2)
    case 'markdown':
      return renderMarkdown(report)
  }
}

/** A report as its JSON shows it. */
export function toJsonReport(report: Report): object {
  const connectors = report.connectors.map((connector) => ({
    ...connector,
    drift: toDriftReport(connector.drift),
  }))
  return { ok: isFine(report), ...report, connectors }
}

/** Writes findings under a heading; `''` where there are none. */
export function renderFindings(heading: string, findings: readonly Problem[]): string {
  return findings.length === 0 ? '' : [heading, ...findings.map(toLines)].join('\n')
}

function needsRun(report: Report): boolean {
  return report.check && differs(report)
}

const WHAT_TO_DO = 'Run "npm run generate" and commit the result.'

function renderText(report: Report): string {
  const { check, connectors, staleFolders } = report
  const lines = connectors.flatMap((connector) => [
    summarise(connector, check),
    ...listPosts(connector).map((line) => `  ${line}`),
    ...listFiles(connector.changes, check).map((line) => `  ${line}`),
    ...renderDriftText(connector.drift).map((line) => `  ${line}`),
    ...(connector.clients === null ? [] : renderClientsText(connector.clients)).map(
      (line) => `  ${line}`,
    ),
  ])
  const stale = staleFolders.map((folder) => `${folder}: ${STALE}`)
  return [...lines, ...stale, ...(needsRun(report) ? [WHAT_TO_DO] : [])].join('\n')
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

function listPosts({ posts }: ConnectorReport): readonly string[] {
  return posts.map(({ tool, reason }) => `POST for reading: ${tool}: ${reason}`)
}

function listFiles({ added, changed, removed }: FileChanges, check: boolean): readonly string[] {
  if (!check) return []
  return [
    ...added.map((path) => `added    ${path}`),
    ...changed.map((path) => `changed  ${path}`),
    ...removed.map((path) => `removed  ${path}`),
  ]
}

const STALE = 'has no specification; delete it if nothing uses it'

function renderMarkdown(report: Report): string {
  const { check, connectors, staleFolders, problems, warnings } = report
  const sections = connectors.flatMap((connector) => [
    [
      `### ${escapeMarkdown(summarise(connector, check))}`,
      ...listPosts(connector).map((line) => `- ${escapeMarkdown(line)}`),
      ...listFiles(connector.changes, check).map((line) => `- file ${escapeMarkdown(line)}`),
    ].join('\n'),
    ...renderDriftMarkdown(connector.drift),
    ...(connector.clients === null ? [] : renderClientsMarkdown(connector.clients)),
  ])
  return [
    `## ${describeOutcome(report)}`,
    ...listMarkdown('Problems', problems),
    ...sections,
    ...staleFolders.map((folder) => `- ${escapeMarkdown(`${folder} ${STALE}`)}`),
    ...listMarkdown('Warnings', warnings),
    ...(needsRun(report) ? [WHAT_TO_DO] : []),
  ].join('\n\n')
}

function describeOutcome(report: Report): string {
  if (report.problems.length > 0) return countOf(report.problems.length, 'problem')
  if (needsRun(report)) return 'The generated files are out of date'
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
