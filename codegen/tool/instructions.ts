import type { ParameterModel, ToolModel } from '../model.ts'
import { isUntold } from '../answer/accept.ts'
import { findOrder, findSize } from '../answer/paging.ts'
import { toWords } from './names.ts'
import { describeFile } from './describe-file.ts'
import { nameItems, nameParent, nameRecord } from './nouns.ts'
import { toList } from './texts.ts'

const MAX_NAMED = 12

/** What comes back as JSON; `undescribed` where the document has no schema of it, or no JSON. */
export type AnswerKind = 'list' | 'record' | 'undescribed'

type Described = Pick<ToolModel, 'parts' | 'operation' | 'arguments' | 'answer'> & {
  readonly answerKind: AnswerKind
}

/** What a caller should know beyond the description: when to call, what comes back, how to narrow and page it. */
export function writeInstructions(tool: Described): string {
  const sentences = [
    describeUse(tool),
    describeAnswer(tool),
    describeFilters(tool),
    describePaging(tool),
  ]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

/** Says nothing where the names do not surely tell. */
function describeUse(tool: Described): string {
  if (tool.answerKind === 'list') {
    const items = nameItems(tool)
    if (items === null) return ''
    const parent = nameParent(tool)
    const isSaid = parent === null || `${items} `.startsWith(`${parent} `)
    return isSaid ? `Use it to find ${items}.` : `Use it to find ${items} of one ${parent}.`
  }
  const record = nameRecord(tool)
  if (record === null) return ''
  const { noun, argument } = record
  const by =
    toWords(argument.key) === noun ? `, given as ${argument.key}` : ` by its ${argument.key}`
  return `Use it for one ${noun}${by}.`
}

function describeAnswer(tool: Described): string {
  const { answer, answerKind, operation } = tool
  if (answerKind === 'undescribed') {
    return isUntold(operation.accept) ? '' : `Returns ${describeFile(operation.accept)}.`
  }
  const items = answerKind === 'list' ? nameItems(tool) : null
  const list = items === null ? 'a list' : `a list of ${items}`
  const subject = answerKind === 'list' ? list : 'one record'
  if (answer.columns === null) return `Returns ${subject}.`
  const named = answer.columns.slice(0, MAX_NAMED)
  const more = answer.columns.length > named.length ? [...named, 'more'] : named
  return `Returns ${subject} with ${toList(more)}.`
}

function isFile({ answerKind, operation: { accept } }: Described): boolean {
  return answerKind === 'undescribed' && !isUntold(accept) && describeFile(accept) !== 'JSON'
}

/** What else goes with one record, or with a file, does not narrow it. */
function describeFilters(tool: Described): string {
  const { arguments: parameters, answer, answerKind } = tool
  if (answerKind !== 'list' && (isFile(tool) || nameRecord(tool) !== null)) return ''
  const filters = answer.filters.slice(0, MAX_NAMED)
  const order = findOrder(parameters)
  return [
    filters.length === 0 ? '' : `Narrow it with ${toList(filters)}.`,
    order === null ? '' : `Order it with ${order.key}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function describePaging({ arguments: parameters, answer: { paging } }: Described): string {
  const size = findSize(parameters)
  const sizeHint = size === null ? '' : `, ${size.key}${describeMaximum(size)} at a time`
  switch (paging?.kind) {
    case 'cursor':
      if (/^starting_?after$/i.test(paging.argument)) {
        return `Read on by giving the id of the last item as ${paging.argument}${sizeHint}.`
      }
      return `Read on with the ${paging.argument} that the previous answer gave${sizeHint}.`
    case 'page':
      return `Read on by counting up ${paging.argument}${sizeHint}.`
    case 'offset':
      return `Read on by raising ${paging.argument}${sizeHint}.`
    case undefined:
      return size === null ? '' : `Ask for up to ${size.key}${describeMaximum(size)} at a time.`
  }
}

function describeMaximum({ schema }: ParameterModel): string {
  const maximum = schema['maximum']
  return typeof maximum === 'number' ? ` (${maximum} at most)` : ''
}
