import { renderTable } from '../compare/markdown-table.ts'
import type { SearchCost } from './measure-cost.ts'
import { DEPTHS, type Recall } from './measure-recall.ts'

/** Some questions about a connector. */
export type Asked = { readonly name: string; readonly recall: Recall }

/** What a connector's catalogue costs. */
export type Cost = {
  readonly name: string
  readonly tools: number
  readonly search: SearchCost
  /** Tokens of `tools/list`; `null` where it was not asked for. */
  readonly list: { readonly full: number; readonly searched: number } | null
}

/** Renders how often the right tool was among the first. */
export function renderRecall(asked: readonly Asked[]): string {
  const head = ['questions', 'count', ...DEPTHS.map((depth) => `recall at ${depth}`)]
  const rows = asked.map(({ name, recall: { questions, at } }) => [
    name,
    String(questions),
    ...at.map((percent) => `${percent.toFixed(0)} %`),
  ])
  return renderTable(head, rows)
}

/** Renders what was not found, with what was found instead. */
export function renderMisses(asked: readonly Asked[]): string {
  const lines = asked.flatMap(({ name, recall: { misses } }) =>
    misses.map(({ ask, first }) => `missed (${name}): ${ask}\n  first: ${first.join(', ')}`),
  )
  return lines.length === 0 ? 'nothing was missed' : lines.join('\n')
}

/** Renders what a search costs, and a list. */
export function renderCosts(costs: readonly Cost[]): string {
  const head = [
    'connector',
    'tools',
    'first search',
    'median',
    '99 %',
    'index',
    'list in full',
    'searched',
  ]
  const rows = costs.map(({ name, tools, search, list }) => [
    name,
    String(tools),
    ...[search.firstMs, search.medianMs, search.worstMs].map((ms) => `${ms.toFixed(2)} ms`),
    `${search.megabytes.toFixed(1)} MB`,
    ...(list === null ? ['', ''] : [`${list.full} tokens`, `${list.searched} tokens`]),
  ])
  return renderTable(head, rows)
}
