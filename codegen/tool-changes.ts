import { byCodeUnit, member, objectAt, type Json, type JsonObject } from './json.ts'

/** What became of one tool between two manifests. */
export type ToolChange = {
  readonly tool: string
  readonly kind: 'added' | 'removed' | 'changed'
  /** One sentence part each, for example `argument "status" added`. */
  readonly details: readonly string[]
}

/** Compares two manifests tool by tool; what is not a manifest has no tools. */
export function compareManifests(before: Json, after: Json): readonly ToolChange[] {
  const [old, fresh] = [objectAt(objectAt(before)['tools']), objectAt(objectAt(after)['tools'])]
  const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort(byCodeUnit)
  return names.flatMap((tool): ToolChange[] => {
    const [left, right] = [member(old, tool), member(fresh, tool)]
    if (left === undefined) return [{ tool, kind: 'added', details: [] }]
    if (right === undefined) return [{ tool, kind: 'removed', details: [] }]
    const details = compareTools(objectAt(left), objectAt(right))
    return details.length === 0 ? [] : [{ tool, kind: 'changed', details }]
  })
}

const PARTS = [
  ['title', 'title changed'],
  ['description', 'description changed'],
  ['instructions', 'instructions changed'],
  ['answer', 'columns or list of the answer changed'],
  ['fixed', 'fixed values changed'],
] as const

function compareTools(before: JsonObject, after: JsonObject): readonly string[] {
  const moved =
    before['operation'] === after['operation']
      ? []
      : [`operation changed from ${toText(before['operation'])} to ${toText(after['operation'])}`]
  const visibility =
    before['public'] === after['public']
      ? []
      : [after['public'] === true ? 'now public' : 'no longer public']
  const texts = PARTS.flatMap(([key, sentence]) => (before[key] === after[key] ? [] : [sentence]))
  const told = [
    ...moved,
    ...compareArguments(objectAt(before['arguments']), objectAt(after['arguments'])),
    ...texts,
    ...visibility,
  ]
  return told.length === 0 && before['sha256'] !== after['sha256'] ? ['changed'] : told
}

function compareArguments(before: JsonObject, after: JsonObject): readonly string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit)
  return keys.flatMap((key) => {
    const name = `argument ${JSON.stringify(key)}`
    const [left, right] = [member(before, key), member(after, key)]
    if (left === undefined) {
      return [`${name} added${objectAt(right)['required'] === true ? ', required' : ''}`]
    }
    if (right === undefined) return [`${name} removed`]
    const [old, fresh] = [objectAt(left), objectAt(right)]
    return [
      ...(old['required'] === fresh['required']
        ? []
        : [`${name} ${fresh['required'] === true ? 'now required' : 'no longer required'}`]),
      ...(old['schema'] === fresh['schema'] ? [] : [`${name} has another schema`]),
      ...(old['wire'] === fresh['wire'] ? [] : [`${name} is sent in another way`]),
    ]
  })
}

function toText(value: Json | undefined): string {
  return typeof value === 'string' ? value : 'none'
}
