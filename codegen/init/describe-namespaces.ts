import { toWords } from '../tool/names.ts'
import { capitalise, cutText, toList, toSentence } from '../tool/texts.ts'
import type { Inspection } from './inspect-document.ts'
import type { NamespaceProposal } from './proposal.ts'
import type { InspectedOperation } from './inspect-operation.ts'
import type { ProposedName } from './propose-names.ts'

const MAX_DESCRIPTION_BYTES = 300
const MAX_NAMED_ACTIONS = 6

/** One operation with its name. */
export type NamedOperation = ProposedName & { readonly operation: InspectedOperation }

/** Describes each namespace in the words of its tag, or by what can be read in it. */
export function describeNamespaces(
  named: readonly NamedOperation[],
  { tagTexts }: Pick<Inspection, 'tagTexts'>,
  connectorTitle: string,
): readonly NamespaceProposal[] {
  const groups = Map.groupBy(named, ({ namespace }) => namespace)
  return [...groups].map(([name, members]) => {
    const tags = new Set(members.map(({ tag }) => tag))
    const [tag = null] = tags.size === 1 ? tags : []
    const said = tag === null ? '' : (tagTexts.get(tag) ?? '')
    const title = capitalise(tag !== null && /^\w+(?: [\w&]+)+$/.test(tag) ? tag : toWords(name))
    return {
      name,
      title,
      description:
        said === ''
          ? describeActions(title, members, connectorTitle)
          : toSentence(cutText(said, MAX_DESCRIPTION_BYTES)),
      defaults: shareDefaults(members),
    }
  })
}

function describeActions(
  title: string,
  members: readonly NamedOperation[],
  connectorTitle: string,
): string {
  const actions = members.slice(0, MAX_NAMED_ACTIONS).map(({ action }) => toWords(action))
  const all = members.length > actions.length ? [...actions, 'more'] : actions
  return `${title} of ${connectorTitle}: ${toList(all)}.`
}

/** A page size is the namespace's own where all that have the argument would get the same. */
function shareDefaults(members: readonly NamedOperation[]): NamespaceProposal['defaults'] {
  const sizes = members.flatMap(({ operation: { pageSize } }) => pageSize ?? [])
  const [first] = sizes
  if (first === undefined || sizes.length < 2) return {}
  const { key, value } = first
  const takers = members.filter(({ operation: { keys } }) => keys.includes(key))
  const isSame = sizes.every((size) => size.key === key && size.value === value)
  return isSame && takers.length === sizes.length ? { [key]: value } : {}
}
