import { textAt } from '../json.ts'
import type { PagingModel, ParameterModel } from '../model.ts'
import { typesOf } from '../schema/schema-dialect.ts'

/** What an argument does to a list beside narrowing it. */
type ListRole = PagingModel['kind'] | 'size' | 'order' | 'back' | 'show'

/** Names by what they do, in lower case and without what stands between words: `page[size]` is `pagesize`. */
const NAMES = {
  cursor: [
    'after',
    'aftercursor',
    'continuationtoken',
    'continue',
    'cursor',
    'exclusivestartkey',
    'marker',
    'next',
    'nextcursor',
    'nextpagetoken',
    'nexttoken',
    'pageafter',
    'pagecursor',
    'pagetoken',
    'scrollid',
    'startafter',
    'startcursor',
    'startingafter',
  ],
  page: ['currentpage', 'p', 'page', 'pageindex', 'pageno', 'pagenum', 'pagenumber'],
  offset: [
    'firstresult',
    'offset',
    'pageoffset',
    'skip',
    'start',
    'startat',
    'startindex',
    'startposition',
  ],
  size: [
    'count',
    'first',
    'itemsperpage',
    'limit',
    'maxitems',
    'maxkeys',
    'maxpagesize',
    'maxrecords',
    'maxresults',
    'pagelimit',
    'pagesize',
    'perpage',
    'resultsperpage',
    'rows',
    'size',
    'take',
    'top',
  ],
  order: [
    'dir',
    'direction',
    'order',
    'orderby',
    'ordering',
    'sort',
    'sortby',
    'sortdir',
    'sortdirection',
    'sortorder',
  ],
  // These read back, or choose what is shown of each item: the list stays as long as it is.
  back: ['beforecursor', 'endbefore', 'endingbefore', 'prevcursor', 'previouscursor'],
  show: ['embed', 'expand', 'fields', 'pretty', 'prettyprint'],
} as const satisfies Record<ListRole, readonly string[]>

/** A cursor goes before a page's number, and that before an offset: the surest way is named. */
const KINDS = ['cursor', 'page', 'offset'] as const satisfies readonly PagingModel['kind'][]

/** Finds the arguments that page a list; `null` where none does. */
export function findPaging(parameters: readonly ParameterModel[]): PagingModel | null {
  const find = (role: ListRole) => parameters.find((parameter) => roleOf(parameter) === role)
  for (const kind of KINDS) {
    const argument = find(kind)
    if (argument !== undefined) {
      return { kind, argument: argument.key, size: find('size')?.key ?? null }
    }
  }
  return null
}

/** The argument that says how many items an answer has, whether or not the rest can be asked for. */
export function findSize(parameters: readonly ParameterModel[]): ParameterModel | null {
  return parameters.find((parameter) => roleOf(parameter) === 'size') ?? null
}

/** The argument that orders a list. */
export function findOrder(parameters: readonly ParameterModel[]): ParameterModel | null {
  return parameters.find((parameter) => roleOf(parameter) === 'order') ?? null
}

/** The keys of the arguments that narrow a list, in document order. */
export function listFilters(parameters: readonly ParameterModel[]): readonly string[] {
  return parameters
    .filter(
      (each) =>
        (each.wire === null || each.wire.in === 'query') && !each.required && roleOf(each) === null,
    )
    .map(({ key }) => key)
}

function roleOf(parameter: ParameterModel): ListRole | null {
  const name = parameter.name.toLowerCase().replace(/[^a-z0-9]/g, '')
  const roles = [...KINDS, 'size', 'order', 'back', 'show'] as const
  const role = roles.find((each) => NAMES[each].some((known) => known === name)) ?? null
  return role !== null && canPlay(role, parameter) ? role : null
}

/** `start` and `after` may be dates, `count` a switch: those narrow, or do something else. */
function canPlay(role: ListRole, { schema }: ParameterModel): boolean {
  if (role === 'back' || role === 'show') return true
  const types = typesOf(schema)
  if (types.includes('object') || role === 'order') return role === 'order'
  if (role === 'cursor') {
    return !types.includes('boolean') && !textAt(schema['format']).startsWith('date')
  }
  return types.length === 0 || types.includes('integer') || types.includes('number')
}
