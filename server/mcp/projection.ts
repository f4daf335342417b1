import { isRecord, pointerSteps } from '../json.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import type { Answer } from './tool.ts'

/** Turns an answer into what is shown of it. */
export type Projection = (answer: unknown) => unknown

/** Columns as a tree: `counterparty.name` is `counterparty` → `name`; an empty node keeps everything below. */
type Columns = readonly { readonly name: string; readonly below: Columns }[]

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
  return [...groupByFirst(columns)].map(([name, rests]) => ({
    name,
    below: rests.includes('') ? [] : toTree(rests),
  }))
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

/** A loop over the columns, as it runs for every item of every answer. */
function project(value: unknown, tree: Columns): unknown {
  if (Array.isArray(value)) return value.map((item) => project(item, tree))
  if (!isRecord(value) || tree.length === 0) return value
  const shown: Record<string, unknown> = {}
  for (const { name, below } of tree) {
    if (!Object.hasOwn(value, name)) continue
    const member = below.length === 0 ? value[name] : project(value[name], below)
    if (name === '__proto__') Object.defineProperty(shown, name, { ...OWN, value: member })
    else shown[name] = member
  }
  return shown
}

/** How an assignment would make it, but for that name. */
const OWN = { configurable: true, enumerable: true, writable: true }
