import { toDisplayText } from '../../pages/display-text.ts'
import type { AuditSeen } from '../../store/audit-summary.ts'
import type { Names } from './names.ts'
import { TIMES, toFields, type AuditQuery } from './query.ts'
import { TYPE_CHOICES } from './type-texts.ts'

/** Of an id, what tells two of the same name apart. */
const TELLING_CHARS = 12
/** A longer list is no choice any more, and makes the page heavy; the rest is found by an event. */
const MAX_CHOICES = 75

const SHORTENED = `Only ${MAX_CHOICES} members and clients are listed. Others are found from any event of theirs.`

type Choice = readonly [value: string, label: string]

/** The form that asks for events, with what is on record to choose from. */
export function toFilterView(query: AuditQuery, seen: AuditSeen, names: Names) {
  const count = [...toFields(query)].length
  return {
    summary: count === 0 ? 'Filter' : `Filter (${count} set)`,
    opened: count === 0 ? '' : 'open',
    hints: [seen.members, seen.clients].some((ids) => ids.length > MAX_CHOICES) ? [SHORTENED] : [],
    from: query.from ?? '',
    to: query.to ?? '',
    selects: [
      toSelect('when', 'Time', 'Any time', TIMES, query.when),
      toSelect(
        'member',
        'Member',
        'Every member',
        toNamed(seen.members, names.member),
        query.member,
      ),
      toSelect(
        'client',
        'Client',
        'Every client',
        toNamed(seen.clients, names.client),
        query.client,
      ),
      toSelect('tool', 'Tool', 'Every tool', seen.tools.map(toSame), query.tool),
      toSelect('outcome', 'Outcome', 'Any', OUTCOMES, query.outcome),
      toSelect('type', 'What happened', 'Anything', TYPE_CHOICES, query.type),
    ],
  }
}

const OUTCOMES: readonly Choice[] = [
  ['success', 'Success'],
  ['failure', 'Failure'],
]

function toSame(value: string): Choice {
  return [value, toDisplayText(value)]
}

/** What is asked for stays in the list, even if nothing like it is on record any more. */
function toSelect(
  name: string,
  label: string,
  any: string,
  choices: readonly (readonly [value: string, label: string, ...rest: readonly unknown[]])[],
  chosen: string | null,
) {
  const known = choices.some(([value]) => value === chosen)
  const extra = chosen === null || known ? [] : [toSame(chosen)]
  return {
    ...{ name, label, any },
    options: [...choices, ...extra].map(([value, text]) => ({
      ...{ value, text },
      state: value === chosen ? 'selected' : '',
    })),
  }
}

/** By name; where two have the same, with what tells them apart. */
function toNamed(ids: readonly string[], nameOf: (id: string) => string): readonly Choice[] {
  const shown = ids.slice(0, MAX_CHOICES)
  const sameName = Map.groupBy(shown, nameOf)
  return shown
    .map((id): Choice => {
      const name = nameOf(id)
      const isAlone = sameName.get(name)?.length === 1
      return [id, isAlone ? name : `${name} (${toDisplayText(id, { maxChars: TELLING_CHARS })})`]
    })
    .sort(([, one], [, other]) => one.localeCompare(other, 'en'))
}
