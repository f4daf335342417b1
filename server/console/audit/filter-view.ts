import { toDisplayText } from '../../pages/display-text.ts'
import type { AuditSeen } from '../../store/audit-summary.ts'
import type { Names } from './names.ts'
import { TIMES, toFields, type AuditQuery } from './query.ts'
import { TYPE_CHOICES } from './type-texts.ts'

/** Of an id, what tells two of the same name apart. */
const TELLING_CHARS = 12

type Choice = readonly [value: string, label: string]

/** The form that asks for events, with what is on record to choose from. */
export function toFilterView(query: AuditQuery, seen: AuditSeen, names: Names) {
  const toNamed = (ids: readonly string[], nameOf: (id: string) => string): readonly Choice[] =>
    ids
      .map((id): Choice => [id, toLabel(nameOf(id), id)])
      .sort(([, one], [, other]) => one.localeCompare(other, 'en'))
  const count = [...toFields(query)].length
  return {
    summary: count === 0 ? 'Filter' : `Filter (${count} set)`,
    opened: count === 0 ? '' : 'open',
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

function toLabel(name: string, id: string): string {
  const shown = toDisplayText(id)
  return name === shown ? name : `${name} (${toDisplayText(id, { maxChars: TELLING_CHARS })})`
}
