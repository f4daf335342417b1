import { isRecord, pointerSteps } from '../json.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { Answer } from './tool.ts'

/** Turns an answer into what is shown of it. */
export type Projection = (answer: unknown) => unknown

/** Columns as a tree: `counterparty.name` is `counterparty` → `name`; an empty node keeps everything below. */
type Columns = ReadonlyMap<string, Columns>

/**
 * Builds the projection of a tool's answers, or `null` where they are passed on as they are.
 *
 * It keeps the envelope; of whatever stands at the items' place, only the columns are shown. An answer
 * without that place is not shown at all: it might hold what the columns leave out.
 */
export function createProjection({ items, columns }: Answer): Projection | null {
  if (columns === null) return null
  const tree = toTree(columns)
  const steps = items === null ? [] : pointerSteps(items)
  return (answer) => projectAt(answer, steps, tree)
}

function toTree(columns: readonly string[]): Columns {
  const groups = [...groupByFirst(columns)]
  return new Map(
    groups.map(([first, rests]) => [first, rests.includes('') ? new Map() : toTree(rests)]),
  )
}

function groupByFirst(columns: readonly string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const column of columns) {
    const [first = '', ...rest] = column.split('.')
    groups.set(first, [...(groups.get(first) ?? []), rest.join('.')])
  }
  return groups
}

function projectAt(value: unknown, steps: readonly string[], tree: Columns): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return project(value, tree)
  if (!isRecord(value) || !Object.hasOwn(value, step)) {
    throw new UpstreamFailure(
      502,
      `the answer has no ${JSON.stringify(step)}, where its items should be`,
    )
  }
  return { ...value, [step]: projectAt(value[step], rest, tree) }
}

function project(value: unknown, tree: Columns): unknown {
  if (Array.isArray(value)) return value.map((item) => project(item, tree))
  if (!isRecord(value) || tree.size === 0) return value
  return Object.fromEntries(
    [...tree]
      .filter(([column]) => Object.hasOwn(value, column))
      .map(([column, below]) => [column, project(value[column], below)]),
  )
}
