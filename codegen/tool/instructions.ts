import type { ParameterModel, ToolModel } from '../model.ts'
import { toWords } from './names.ts'
import { findOrder, findSize } from '../answer/paging.ts'
import { toList } from './texts.ts'

const MAX_NAMED = 12

type Described = Pick<ToolModel, 'parts' | 'arguments' | 'answer'>

/** What a caller should know beyond the description: what comes back, how to narrow and page it. */
export function writeInstructions(tool: Described): string {
  const sentences = [describeAnswer(tool), describeFilters(tool), describePaging(tool)]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

function describeAnswer({ parts, answer }: Described): string {
  const subject = answer.items === null ? 'one record' : `a list of ${toWords(parts.namespace)}`
  if (answer.columns === null) return `Returns ${subject}.`
  const named = answer.columns.slice(0, MAX_NAMED)
  const more = answer.columns.length > named.length ? [...named, 'more'] : named
  return `Returns ${subject} with ${toList(more)}.`
}

function describeFilters({ arguments: parameters, answer }: Described): string {
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
