import { isListShape, type Shape } from './answer.ts'
import { isList, isObject, member, objectAt, type Json } from '../json.ts'
import { parsePointer, type Path } from '../json-pointer.ts'
import type { AnswerModel } from '../model.ts'

/** What of an answer is shown only in part: the columns below a place in it. */
export type Focus = {
  readonly steps: Path
  /** `null` shows everything. */
  readonly columns: Columns | null
}

/** Columns as a tree; an empty node shows everything below. */
type Columns = ReadonlyMap<string, Columns>

const EVERYTHING: Focus = { steps: [], columns: null }

/** Says what is shown of a tool's answer. */
export function toFocus({ items, columns }: Pick<AnswerModel, 'items' | 'columns'>): Focus {
  return {
    steps: items === null ? [] : parsePointer(items),
    columns: columns === null ? null : toTree(columns),
  }
}

/** Says what is shown of a member of what is shown. */
export function below({ steps, columns }: Focus, name: string): Focus {
  const [step, ...rest] = steps
  if (step !== undefined) return step === name ? { steps: rest, columns } : EVERYTHING
  const tree = columns?.get(name) ?? null
  return { steps: [], columns: tree === null || tree.size === 0 ? null : tree }
}

/** The members that are shown; one called `__proto__` cannot be written into code. */
export function namesOf(shape: Shape, { steps, columns }: Focus): readonly string[] {
  if (isListShape(shape)) return []
  const all = [...new Set(shape.flatMap(({ node }) => Object.keys(objectAt(node['properties']))))]
  const isShown = (name: string) => steps.length > 0 || columns === null || columns.has(name)
  return all.filter((name) => name !== '__proto__' && isShown(name))
}

/**
 * Takes out of a value what is not shown, as the server does it: the columns come in their own order.
 *
 * @returns `null` where the place of the items is not there: the server would not show such an answer
 */
export function projectValue(value: Json, focus: Focus): Json {
  const { steps, columns } = focus
  const [step] = steps
  if (columns === null) return value
  if (step === undefined) return project(value, columns)
  if (!isObject(value)) return null
  const inner = member(value, step)
  return inner === undefined ? null : { ...value, [step]: projectValue(inner, below(focus, step)) }
}

function project(value: Json, columns: Columns): Json {
  if (isList(value)) return value.map((item) => project(item, columns))
  if (!isObject(value) || columns.size === 0) return value
  const shown = [...columns].flatMap(([name, inner]): [string, Json][] => {
    const own = member(value, name)
    return own === undefined ? [] : [[name, project(own, inner)]]
  })
  return Object.fromEntries(shown)
}

function toTree(columns: readonly string[]): Columns {
  const firsts = new Set(columns.map((column) => column.split('.')[0] ?? ''))
  return new Map(
    [...firsts].map((first) => {
      const inner = columns.filter((column) => column.startsWith(`${first}.`))
      const rests = inner.map((column) => column.slice(first.length + 1))
      return [first, columns.includes(first) ? new Map<string, Columns>() : toTree(rests)]
    }),
  )
}
