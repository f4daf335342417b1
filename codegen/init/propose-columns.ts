import {
  followColumn,
  followPointer,
  isListShape,
  itemsOf,
  stepInto,
  type Shape,
} from '../answer/answer.ts'
import type { Bundle } from '../document/bundle.ts'
import { objectAt } from '../json.ts'
import { typesOf } from '../schema/schema-dialect.ts'
import { splitWords } from '../tool/words.ts'

/** A record with no more members than this is shown whole. */
const MANY_MEMBERS = 12
const MAX_COLUMNS = 12
/** So many of one group, that none of them crowds out the others. */
const MAX_OF_GROUP = 3
/** With fewer, nobody could tell one record from the next. */
const MIN_COLUMNS = 3

/** What people look for in a list, by the last word of a member's name; the first group comes first. */
const GROUPS: readonly (readonly string[])[] = [
  ['id', 'uuid', 'guid', 'sid', 'key', 'code', 'slug', 'sku'],
  ['name', 'number', 'title', 'subject', 'label', 'reference', 'login', 'username', 'email'],
  // What a record refers to stands behind its names, see `REFERENCES`.
  [],
  ['status', 'state', 'type', 'kind', 'stage', 'priority', 'severity', 'category', 'role'],
  ['total', 'amount', 'balance', 'price', 'currency', 'quantity', 'due'],
  ['date', 'at', 'on', 'time', 'timestamp', 'created', 'updated', 'modified', 'started', 'ended'],
]

const REFERENCES = 2

/** The members of a related record that say which one it is. */
const NAMES = ['name', 'displayName', 'display_name', 'title', 'login', 'Name']

/**
 * Proposes which members of a list's records are shown: those that tell one record from another, at
 * most twelve. `null` where the records are small, or where nothing is known of them.
 */
export function proposeColumns(
  bundle: Bundle,
  answer: Shape,
  items: string | null,
): readonly string[] | null {
  if (items === null) return null
  const step = followPointer(bundle, answer, items)
  const record = step.found === 'shape' ? itemsOf(bundle, step.shape) : []
  const names = [
    ...new Set(record.flatMap(({ node }) => Object.keys(objectAt(node['properties'])))),
  ]
  if (names.length <= MANY_MEMBERS) return null
  const candidates = names.flatMap((name): Candidate[] => toCandidate(bundle, record, name))
  const good = candidates.filter(({ column }) => followColumn(bundle, record, column) === null)
  const groups = Map.groupBy(good, ({ group }) => group)
  const chosen = [...groups]
    .toSorted(([left], [right]) => left - right)
    .flatMap(([, members]) => members.slice(0, MAX_OF_GROUP))
    .slice(0, MAX_COLUMNS)
  if (chosen.length < MIN_COLUMNS) return null
  return candidates.filter((candidate) => chosen.includes(candidate)).map(({ column }) => column)
}

type Candidate = { readonly column: string; readonly group: number }

/** A name with a dot in it could not be told from a path. */
function toCandidate(bundle: Bundle, record: Shape, name: string): Candidate[] {
  const step = stepInto(bundle, record, name)
  if (step.found !== 'shape' || name.includes('.') || isListShape(step.shape)) return []
  const words = splitWords(name)
  const group = GROUPS.findIndex((group) => group.includes(words.at(-1) ?? ''))
  if (isScalar(step.shape)) {
    // A record's own id is `id`; the many ids of others would crowd out the rest.
    const isOwn = group !== 0 || words.length === 1
    return group === -1 ? [] : [{ column: name, group: isOwn ? group : GROUPS.length }]
  }
  const inner = NAMES.find((each) => {
    const next = stepInto(bundle, step.shape, each)
    return next.found === 'shape' && isScalar(next.shape)
  })
  return inner === undefined ? [] : [{ column: `${name}.${inner}`, group: REFERENCES }]
}

function isScalar(shape: Shape): boolean {
  const types = shape.flatMap(({ node }) => typesOf(node)).filter((type) => type !== 'null')
  return types.length > 0 && types.every((type) => type !== 'object' && type !== 'array')
}
