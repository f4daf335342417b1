import { isRecord, pointerSteps } from '../json.ts'
import { UpstreamFailure } from '../upstream/failure.ts'
import { addUris, type Link } from './resources/links.ts'
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
 *
 * @param links what of each item has a URI; none of a tool that gives one record
 */
export function createProjection(
  { items, columns }: Answer,
  links: readonly Link[] = [],
): Projection | null {
  const steps = items === null ? [] : pointerSteps(items)
  if (columns === null) {
    if (links.length === 0) return null
    return (answer) => replaceAt(answer, steps, (list) => linkItems(list, [], links), keepWhole)
  }
  const tree = toTree(columns)
  const show = (list: unknown) =>
    links.length === 0 ? project(list, tree) : linkItems(list, tree, links)
  return (answer) => replaceAt(answer, steps, show, refusePlaceless)
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

/** @param orElse what is shown of a value that has not the place */
function replaceAt(
  value: unknown,
  steps: readonly string[],
  show: (list: unknown) => unknown,
  orElse: (value: unknown, step: string) => unknown,
): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return show(value)
  if (!isRecord(value) || !Object.hasOwn(value, step)) return orElse(value, step)
  return { ...value, [step]: replaceAt(value[step], rest, show, orElse) }
}

function refusePlaceless(_value: unknown, step: string): never {
  const what = `the answer has no ${JSON.stringify(step)}, where its items should be`
  throw new UpstreamFailure(502, what)
}

function keepWhole(value: unknown): unknown {
  return value
}

/** A loop over the columns, as it runs for every item of every answer. */
function project(value: unknown, tree: Columns): unknown {
  if (Array.isArray(value)) return value.map((item) => project(item, tree))
  if (!isRecord(value) || tree.length === 0) return value
  return projectRecord(value, tree)
}

function projectRecord(
  value: Readonly<Record<string, unknown>>,
  tree: Columns,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {}
  for (const { name, below } of tree) {
    if (!Object.hasOwn(value, name)) continue
    const member = below.length === 0 ? value[name] : project(value[name], below)
    if (name === '__proto__') Object.defineProperty(shown, name, { ...OWN, value: member })
    else shown[name] = member
  }
  return shown
}

/** The same, with the URIs of each item; without columns all of it is shown. */
function linkItems(value: unknown, tree: Columns, links: readonly Link[]): unknown {
  if (Array.isArray(value)) return value.map((item) => linkItems(item, tree, links))
  if (!isRecord(value) || JSON.isRawJSON(value)) return project(value, tree)
  const shown = tree.length === 0 ? { ...value } : projectRecord(value, tree)
  addUris(value, shown, links)
  return shown
}

/** How an assignment would make it, but for that name. */
const OWN = { configurable: true, enumerable: true, writable: true }
