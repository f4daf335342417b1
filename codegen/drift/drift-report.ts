import { escapeMarkdown } from '../markdown.ts'
import { CHANGE_CLASSES, countChanges, type Change, type ChangeClass } from './change.ts'
import type { Drift } from './manifest-changes.ts'
import { showInvisible } from './text-diff.ts'

/** What a report in JSON says of a connector's drift. */
export type DriftReport = Drift & { readonly counts: Readonly<Record<ChangeClass, number>> }

/** Adds the counts that a pipeline may want to look at first. */
export function toDriftReport(drift: Drift): DriftReport {
  return { counts: countChanges(drift.changes), ...drift }
}

/** Writes a drift as lines, grouped by class, the worst first; no line where nothing changed. */
export function renderDriftText({ changes, note }: Drift): readonly string[] {
  return [
    ...(note === null ? [] : [note]),
    ...groupChanges(changes).flatMap(({ heading, members }) => [
      heading,
      ...members.flatMap(({ diff, ...change }) => [
        `  ${describe(change)}`,
        ...(diff === null ? [] : [`    ${diff}`]),
      ]),
    ]),
  ]
}

/** Writes the same as sections of Markdown, in which a document's text stays text. */
export function renderDriftMarkdown({ changes, note }: Drift): readonly string[] {
  return [
    ...(note === null ? [] : [escapeMarkdown(note)]),
    ...groupChanges(changes).map(({ heading, members }) =>
      [
        `#### ${heading}`,
        '',
        ...members.flatMap(({ diff, ...change }) => [
          `- ${escapeMarkdown(describe(change))}`,
          ...(diff === null ? [] : [`  - ${escapeMarkdown(diff)}`]),
        ]),
      ].join('\n'),
    ),
  ]
}

function groupChanges(changes: readonly Change[]) {
  return CHANGE_CLASSES.map((wanted) => {
    const members = changes.filter((change) => change.class === wanted)
    return { heading: `${members.length} ${wanted}`, members }
  }).filter(({ members }) => members.length > 0)
}

function describe({ tool, what }: Pick<Change, 'tool' | 'what'>): string {
  return showInvisible(`${tool ?? 'connector'}: ${what}`)
}
