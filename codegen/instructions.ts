import type { ParameterModel, ToolModel } from './model.ts'
import { toWords } from './names.ts'
import { toList } from './texts.ts'

const PAGE_NUMBER = /^(?:page|page_?(?:number|no|index)|p)$/i
const PAGE_SIZE = /^(?:limit|page_?size|per_?page|size|count|max_?results|first|take|\$?top)$/i
const CURSOR =
  /^(?:cursor|after|starting_?after|page_?token|next_?token|continuation_?token|next)$/i
const OFFSET = /^(?:offset|skip|start|start_?(?:at|index))$/i
const ORDER = /^(?:sort|sort_?by|order|order_?by|sort_?(?:order|direction))$/i

const MAX_NAMED = 12

/** What a caller should know beyond the description: what comes back, how to narrow and page it. */
export function writeInstructions(tool: Pick<ToolModel, 'parts' | 'arguments' | 'answer'>): string {
  const sentences = [describeAnswer(tool), describeFilters(tool), describePaging(tool)]
  return sentences.filter((sentence) => sentence !== '').join(' ')
}

function describeAnswer({ parts, answer }: Pick<ToolModel, 'parts' | 'answer'>): string {
  const subject = answer.items === null ? 'one record' : `a list of ${toWords(parts.namespace)}`
  if (answer.columns === null) return `Returns ${subject}.`
  const named = answer.columns.slice(0, MAX_NAMED)
  const more = answer.columns.length > named.length ? [...named, 'more'] : named
  return `Returns ${subject} with ${toList(more)}.`
}

function describeFilters({ arguments: parameters }: Pick<ToolModel, 'arguments'>): string {
  const filters = parameters.filter(
    ({ key, wire, required }) =>
      wire.in === 'query' && !required && !isPaging(key) && !ORDER.test(key),
  )
  const order = parameters.find(({ key }) => ORDER.test(key))
  const keys = filters.slice(0, MAX_NAMED).map(({ key }) => key)
  return [
    keys.length === 0 ? '' : `Narrow it with ${toList(keys)}.`,
    order === undefined ? '' : `Order it with ${order.key}.`,
  ]
    .filter((sentence) => sentence !== '')
    .join(' ')
}

function describePaging({ arguments: parameters }: Pick<ToolModel, 'arguments'>): string {
  const find = (pattern: RegExp) => parameters.find(({ key }) => pattern.test(key))
  const size = find(PAGE_SIZE)
  const sizeHint = size === undefined ? '' : `, ${size.key}${describeMaximum(size)} at a time`
  const cursor = find(CURSOR)
  if (cursor !== undefined) {
    return `Read on with the ${cursor.key} that the previous answer gave${sizeHint}.`
  }
  const page = find(PAGE_NUMBER)
  if (page !== undefined) return `Read on by counting up ${page.key}${sizeHint}.`
  const offset = find(OFFSET)
  if (offset !== undefined) return `Read on by raising ${offset.key}${sizeHint}.`
  return size === undefined ? '' : `Ask for up to ${size.key}${describeMaximum(size)} at a time.`
}

function describeMaximum({ schema }: ParameterModel): string {
  const maximum = schema['maximum']
  return typeof maximum === 'number' ? ` (${maximum} at most)` : ''
}

function isPaging(key: string): boolean {
  return [PAGE_NUMBER, PAGE_SIZE, CURSOR, OFFSET].some((pattern) => pattern.test(key))
}
