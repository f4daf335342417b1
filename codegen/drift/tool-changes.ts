import { isSame, listAt, member, objectAt, textAt, type Json, type JsonObject } from '../json.ts'
import { compareMembers } from './member-changes.ts'
import { tell, type ChangeClass, type Difference } from './change.ts'
import { compareSchemas } from './schema-changes.ts'
import { describeMove } from './schema-limits.ts'
import { diffTexts } from './text-diff.ts'

/** Compares what two manifests say of one tool. */
export function compareTools(before: JsonObject, after: JsonObject): readonly Difference[] {
  return FACTS.flatMap(([key, compare]) => {
    const [old, fresh] = [before[key] ?? null, after[key] ?? null]
    return isSame(old, fresh) && key !== 'inputSchema' ? [] : compare(old, fresh)
  }).concat(compareUnknown(before, after))
}

type Compare = (before: Json, after: Json) => readonly Difference[]

/** A rule for every fact, in the order they are told. */
const FACTS: readonly (readonly [key: string, compare: Compare])[] = [
  ['operation', compareOperations],
  ['server', (before, after) => [tell('risky', '', `its server ${describeMove(before, after)}`)]],
  ['inputSchema', compareInputs],
  ['answer', compareAnswers],
  ['outputSchema', compareOutputs],
  ['description', compareText('risky', 'the description changed')],
  ['instructions', compareText('risky', 'the instructions changed')],
  ['readOnly', compareText('risky', 'the reason why it only reads changed')],
  ['public', (_before, after) => comparePublic(after)],
  ['offer', compareOffers],
  ['uri', compareUris],
  ['fixed', (before, after) => compareMembers(before, after, 'risky', 'always sends')],
  ['wire', compareWires],
  ['title', compareText('cosmetic', 'the title changed')],
]

/** A later generator may write facts that this one cannot judge. */
function compareUnknown(before: JsonObject, after: JsonObject): readonly Difference[] {
  const known = ['sha256', ...FACTS.map(([key]) => key)]
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !known.includes(key) && !isSame(member(before, key), member(after, key)))
    .map((key) => tell('breaking', '', `${JSON.stringify(key)} changed`))
}

function compareText(kind: ChangeClass, what: string): Compare {
  return (before, after) => [tell(kind, '', what, diffTexts(textAt(before), textAt(after)))]
}

/** Another name for a path's parameter sends the same request. */
function compareOperations(before: Json, after: Json): readonly Difference[] {
  const shapes = [before, after].map((reference) => textAt(reference).replace(/\{[^{}]*\}/g, '{}'))
  const what = `the operation ${describeMove(before, after)}`
  return [tell(shapes[0] === shapes[1] ? 'cosmetic' : 'breaking', '', what)]
}

function compareInputs(before: Json, after: Json): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  const changes = compareSchemas(old, fresh, '')
  const orders = [old, fresh].map((schema) => Object.keys(objectAt(schema['properties'])))
  const isReordered =
    changes.length === 0 && JSON.stringify(orders[0]) !== JSON.stringify(orders[1])
  return isReordered ? [tell('cosmetic', '', 'the order of the arguments changed')] : changes
}

function compareAnswers(before: Json, after: Json): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  return [
    ...(isSame(old['items'], fresh['items'])
      ? []
      : [tell('breaking', '', `the answer's list ${describeMove(old['items'], fresh['items'])}`)]),
    ...compareColumns(old['columns'] ?? null, fresh['columns'] ?? null),
    ...comparePaging(old['paging'] ?? null, fresh['paging'] ?? null),
  ]
}

function compareColumns(before: Json, after: Json): readonly Difference[] {
  if (isSame(before, after)) return []
  if (after === null) return [tell('additive', '', 'shows every column now')]
  const [old, fresh] = [listAt(before), listAt(after)]
  if (before === null) {
    return [
      tell(
        'breaking',
        '',
        `shows only some columns now: ${fresh.map((column) => JSON.stringify(column)).join(', ')}`,
      ),
    ]
  }
  const gone = old.filter((column) => !fresh.includes(column))
  const more = fresh.filter((column) => !old.includes(column))
  if (gone.length + more.length === 0) return [tell('cosmetic', '', 'the order of columns changed')]
  return [
    ...gone.map((column) => tell('breaking', '', `column ${JSON.stringify(column)} is gone`)),
    ...more.map((column) => tell('additive', '', `column ${JSON.stringify(column)} is new`)),
  ]
}

function comparePaging(before: Json, after: Json): readonly Difference[] {
  if (isSame(before, after)) return []
  return before === null
    ? [tell('additive', '', 'says how to get the rest of a list now')]
    : [tell('risky', '', `how to get the rest of a list ${describeMove(before, after)}`)]
}

/** What an answer promises may grow; any other difference in its values may be missed by a reader. */
function compareOutputs(before: Json, after: Json): readonly Difference[] {
  if (before === null) return [tell('additive', '', 'describes its structured content now')]
  if (after === null) return [tell('breaking', '', 'has no structured content any more')]
  const changes = compareSchemas(objectAt(before), objectAt(after), 'structured content')
  return changes.map((change) =>
    change.class === 'additive' && !change.what.endsWith('is new')
      ? { ...change, class: 'breaking' }
      : change,
  )
}

/** Says what it means that a tool's `public` has another value now. */
export function comparePublic(after: Json): readonly Difference[] {
  return after === true
    ? [tell('risky', '', 'is public now: offered without a token')]
    : [tell('breaking', '', 'is no longer public')]
}

/** What was written before there was another way was a tool. */
function compareOffers(before: Json, after: Json): readonly Difference[] {
  if (after === 'resource') return [tell('breaking', '', 'is read by its URI only now')]
  return before === 'resource' ? [tell('additive', '', 'is a tool now')] : []
}

/** Clients keep URIs. */
function compareUris(before: Json, after: Json): readonly Difference[] {
  if (before === null) return [tell('additive', '', `is read by a URI now: ${textAt(after)}`)]
  if (after === null) return [tell('breaking', '', 'is no longer read by its URI')]
  return [tell('breaking', '', `its URI ${describeMove(before, after)}`)]
}

/** An argument that is new or gone is told with the schema. */
function compareWires(before: Json, after: Json): readonly Difference[] {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  return Object.keys(old).flatMap((key) => {
    const [left, right] = [member(old, key), member(fresh, key)]
    if (right === undefined || isSame(left, right)) return []
    const place = `argument ${JSON.stringify(key)}`
    return [tell('risky', place, `is sent in another way: ${describeMove(left, right)}`)]
  })
}
