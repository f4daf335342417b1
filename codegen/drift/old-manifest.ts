import { createHash } from 'node:crypto'
import {
  canonicalText,
  isSame,
  member,
  objectAt,
  stringsAt,
  type Json,
  type JsonObject,
} from '../json.ts'
import { tell, type ChangeClass, type Difference } from './change.ts'
import { describeMove } from './schema-limits.ts'
import { comparePublic } from './tool-changes.ts'

/** Facts that manifests of format 1 have as a hash of the very value that is in ours. */
const HASHED = [
  ['description', 'risky'],
  ['instructions', 'risky'],
  ['title', 'cosmetic'],
] as const satisfies readonly (readonly [string, ChangeClass])[]

/** Compares a tool of a manifest of format 1, which has hashes, with one of ours. */
export function compareOldTools(before: JsonObject, after: JsonObject): readonly Difference[] {
  const isMoved = before['operation'] !== after['operation']
  return [
    ...(isMoved
      ? [
          tell(
            'breaking',
            '',
            `the operation ${describeMove(before['operation'], after['operation'])}`,
          ),
        ]
      : []),
    ...compareArguments(objectAt(before['arguments']), objectAt(after['inputSchema'])),
    ...HASHED.filter(([key]) => before[key] !== hash(after[key] ?? null)).map(([key, kind]) =>
      tell(kind, '', `${key} changed`),
    ),
    ...(before['public'] === after['public'] ? [] : comparePublic(after['public'] ?? null)),
  ]
}

function compareArguments(before: JsonObject, inputSchema: JsonObject): readonly Difference[] {
  const properties = objectAt(inputSchema['properties'])
  const required = stringsAt(inputSchema['required'])
  return [...new Set([...Object.keys(before), ...Object.keys(properties)])].flatMap((key) => {
    const place = `argument ${JSON.stringify(key)}`
    const [left, right] = [member(before, key), member(properties, key)]
    if (right === undefined) return [tell('breaking', place, 'is gone')]
    const isNeeded = required.includes(key)
    if (left === undefined) {
      return isNeeded
        ? [tell('breaking', place, 'is new and required')]
        : [tell('additive', place, 'is new')]
    }
    const old = objectAt(left)
    return [
      ...(isSame(old['required'], isNeeded)
        ? []
        : isNeeded
          ? [tell('breaking', place, 'is required now')]
          : [tell('additive', place, 'is no longer required')]),
      ...(old['schema'] === hash(right) ? [] : [tell('breaking', place, 'has another schema')]),
    ]
  })
}

function hash(value: Json): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex').slice(0, 16)
}
