import type { DocsTool, Json } from '../docs.ts'
import { ELLIPSIS, toCurl, toRpc, toRpcResult, TOKEN_HEADER } from '../example-requests.ts'
import { listTools } from '../example-tools.ts'
import type { SiteFacts } from '../facts.ts'
import { toValueText } from '../value-text.ts'
import { toNumber, when } from '../wording.ts'
import { toVariants } from './variants.ts'
import { toToolPlace } from './tool-place.ts'

type Paging = NonNullable<DocsTool['paging']>
type PagedTool = DocsTool & { readonly paging: Paging }

const KINDS = {
  page: {
    heading: 'Pages by number',
    how: 'Ask for one page after the other, until one has fewer items than its size.',
  },
  offset: {
    heading: 'Pages by offset',
    how: 'Ask again with the number of items that you have, until no more come.',
  },
  cursor: {
    heading: 'Pages by cursor',
    how: 'An answer that is not the last one says where to read on. Pass that on with the next call, and leave every other argument as it was.',
  },
} as const satisfies Record<Paging['kind'], { readonly heading: string; readonly how: string }>

/** How to read on and how to ask for less, by the arguments that the tools have. */
export function toPaginationView(facts: SiteFacts): object {
  const tools = listTools(facts.docs)
  const paged = tools.filter(isPaged)
  const filtered = tools.filter(({ filters }) => filters.length > 0)
  return {
    ...toVariants(facts),
    noPaging: when(paged.length === 0, {}),
    pagingTables: when(paged.length > 0, { rows: paged.map(toPagingRow) }),
    kinds: (['page', 'offset', 'cursor'] as const).flatMap((kind) => toKind(facts, kind, paged)),
    noFilters: when(filtered.length === 0, {}),
    filterTables: when(filtered.length > 0, {
      rows: filtered.map((tool) => ({ ...toToolPlace(tool), filters: tool.filters })),
    }),
    resultChars: toNumber(facts.deployment.limits.resultChars),
    truncated: toTruncated(tools),
  }
}

function isPaged(tool: DocsTool): tool is PagedTool {
  return tool.paging !== null
}

function toPagingRow(tool: PagedTool) {
  const { argument, size } = tool.paging
  const [chosen] = tool.arguments.filter(({ name }) => name === size)
  const standard = chosen?.default ?? null
  return {
    ...toToolPlace(tool),
    argument,
    size: chosen === undefined ? [] : [chosen.name],
    sizes: [
      ...(standard === null ? [] : [`${toValueText(standard)} by default`]),
      ...(chosen?.limits ? [chosen.limits] : []),
    ].join(', '),
  }
}

/** The way of one kind, shown with the first tool that has it and needs no other argument. */
function toKind(facts: SiteFacts, kind: Paging['kind'], paged: readonly PagedTool[]) {
  const some = paged.filter((tool) => tool.paging.kind === kind)
  const tool = some.find((each) => !each.arguments.some(({ required }) => required)) ?? some[0]
  if (tool === undefined) return []
  const { argument, size } = tool.paging
  const required = toRequired(tool)
  const step = kind === 'cursor' ? {} : { [argument]: kind === 'page' ? 2 : 10 }
  const given = { ...required, ...(size !== null && { [size]: 10 }), ...step }
  const body = toRpc(1, 'tools/call', { name: tool.name, arguments: given })
  return [
    {
      ...KINDS[kind],
      request: toCurl({ url: facts.deployment.mcpUrl, headers: [TOKEN_HEADER], body }),
      answer: toRpcResult(1, { content: [{ type: 'text', text: ELLIPSIS }] }),
      texts: tool.example.answer === null ? [] : [tool.example.answer],
    },
  ]
}

function toRequired({ arguments: own, example }: DocsTool): { readonly [key: string]: Json } {
  const names = own.filter(({ required }) => required).map(({ name }) => name)
  return Object.fromEntries(names.map((name) => [name, example.arguments[name] ?? null]))
}

/** The list is where the first tool with a list has it. */
function toTruncated(tools: readonly DocsTool[]): object {
  const pointer = tools.find(({ items }) => items !== null && items !== '')?.items ?? '/items'
  const [key = 'items'] = pointer.split('/').slice(1)
  return {
    [key]: [ELLIPSIS],
    _truncated: { returned: 40, total: 100, next: `Call again with ${ELLIPSIS}` },
  }
}
